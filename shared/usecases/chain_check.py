"""How anybody checks an oversight file without us: a few lines of Python, and what they prove."""

from shared.domain.languages import Pair

HOW: Pair = (
    (
        "Setiap langkah dikunci dengan sidik (SHA-256) langkah sebelumnya, mulai dari nomor "
        "laporan. Simpan berkas ini sebagai JSON, simpan baris Python di bawah ini sebagai "
        "periksa.py, lalu jalankan: python3 periksa.py berkas.json. Bila tidak ada yang diubah, "
        "hasilnya sama dengan `head`; dan sidik sebuah langkah sama dengan yang tertulis di pesan "
        "yang Anda terima dari kami tentang langkah itu."
    ),
    (
        "Every step is locked with the fingerprint (SHA-256) of the step before it, beginning "
        "with the report number. Save this file as JSON and the lines of Python below as "
        "check.py, then run: python3 check.py file.json. When nothing was changed, the result is "
        "`head`; and the fingerprint of a step is the one in the message you got from us about it."
    ),
)

PYTHON = """\
import hashlib, json, sys

def fingerprint(before, value):
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256((before + text).encode()).hexdigest()

file = json.load(open(sys.argv[1], encoding="utf-8"))
chain, filing = file["chain"], file["proof_of_filing"]["content"]
head = chain["start"]
for link in chain["links"]:
    head = fingerprint(head, link["header"])
    if head != link["hash"]:
        sys.exit("Changed: step %d" % link["header"]["seq"])
if head != chain["head"]:
    sys.exit("Steps are missing at the end")
if filing and fingerprint("", filing) != chain["links"][0]["header"]["digest"]:
    sys.exit("Changed: what was filed")
print(head)
"""
