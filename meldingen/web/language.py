"""The language of a page, and what caches must know of it."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import has_vary_header, patch_vary_headers

# The same for everybody may still come in several forms: a file packed or not, a catalogue as Turtle or JSON-LD.
FORMS = ("Accept", "Accept-Encoding")


class LanguageMiddleware(LocaleMiddleware):
    """Django's choice of language. It forgets to say that a cookie decides too, and says it of what has no language."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Pages differ by cookie; what anybody may keep (files, borders, the catalogue) is the same for everybody."""
        response = super().process_response(request, response)
        if "public" in response.headers.get("Cache-Control", ""):
            names = [name for name in FORMS if has_vary_header(response, name)]
            del response.headers["Vary"], response.headers["Content-Language"]
            if names:
                patch_vary_headers(response, names)
        else:
            patch_vary_headers(response, ("Cookie",))
        return response
