"""The published file in other forms: Parquet, CSV for spreadsheets, GeoJSON for maps, and a dated copy to download.

Here: what each form needs, and what lies beside the data (dictionary, description, checksums). Nothing is read but the published
file, so nothing can come out that is not in it.
"""

from warehouse.exporting.edition import FORMS, Exported, Form, export

__all__ = ["FORMS", "Exported", "Form", "export"]
