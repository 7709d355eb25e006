"""Headers that every answer carries, whatever it says."""

SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "Cross-Origin-Resource-Policy": "same-site",
}
PRIVATE = {
    "Cache-Control": "private, no-store",
    "Vary": "Authorization, Accept, Accept-Language",
}
NO_CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'"
# Of what is no page and nobody else's.
NO_PAGE = {**SECURITY, **PRIVATE, "Content-Security-Policy": NO_CONTENT_POLICY}
