"""The script Streamlit runs for every view."""

from dashboards.app.frame import draw

draw()
