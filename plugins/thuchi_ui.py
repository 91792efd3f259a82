"""Registers the pages of include/thuchi/ui/ inside the Airflow UI."""

from __future__ import annotations

from airflow.plugins_manager import AirflowPlugin

from thuchi.ui.plugin import EXTERNAL_VIEWS, FASTAPI_APPS


class ThuChiPages(AirflowPlugin):
    name = "thuchi"
    fastapi_apps = FASTAPI_APPS
    external_views = EXTERNAL_VIEWS
