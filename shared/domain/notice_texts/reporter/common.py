"""Sentences that several texts to the reporter share."""

from shared.domain.languages import Pair

TURN: Pair = ("{turn}", "{turn}")
NOTHING_TO_DO: Pair = ("Anda tidak perlu berbuat apa-apa.", "You need do nothing.")
OFFICER_WROTE: Pair = ('Catatan petugas: "{text}"', 'The officer wrote: "{text}"')
ANSWER_HERE: Pair = ("Jawab di sini: {answer}", "Answer here: {answer}")
REVIEW: Pair = (
    "Bila tidak setuju, minta ditinjau ulang sampai {return_day}; petugas lain yang memutuskan.",
    "If you disagree, ask for a review by {return_day}; a different officer decides.",
)
OMBUDSMAN: Pair = (
    "Anda berhak mengadu ke Ombudsman RI tanpa biaya.",
    "You may complain to the Ombudsman free of charge.",
)
MOVED_SMS: tuple[Pair, ...] = (
    (
        "laporan {code} dialihkan ke {agency:short}, yang menanggapi paling lambat {deadline:short}: {link}",
        "report {code} has moved to {agency:short}, which must respond by {deadline:short}: {link}",
    ),
    (
        "laporan {code} dialihkan, ditanggapi paling lambat {deadline:short}: {link}",
        "report {code} has moved, response by {deadline:short}: {link}",
    ),
)
