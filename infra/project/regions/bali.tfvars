# Placeholders until the region confirms them: the account that pays and what a month may cost, in its currency.
project         = "tanggap-bali"
location        = "asia-southeast2" # Jakarta
billing_account = "000000-000000-000000"
budget          = 2500000
