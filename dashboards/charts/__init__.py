"""Charts, defined once for the dashboard, the static edition and the mail: plain rows in, an Altair chart out.

A test holds each against Vega-Lite's schema. Altair would do so again for every part of every chart drawn, which is most of what
drawing one costs: here it does not.
"""

from altair.utils import schemapi

schemapi.disable_debug_mode()
