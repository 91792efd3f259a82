"""Pages inside the Airflow UI: what a run's validation found, and the quarantine where people decide.

    plugin.py     what plugins/thuchi_ui.py registers; light, since every process of Airflow imports it
    app.py        the application: pages, headers, errors, files
    guard.py      who may see and who may decide; the only module here that knows Airflow's internals
    csrf.py       a form of ours is told from a form of somebody else's
    pages/        one module a page: its routes and what it asks of the warehouse
    templates/    Jinja2, every value escaped; static/: style and script, nothing from elsewhere

A page more is a module in pages/ with a `router`, a template, and its name in `app.PAGES`.
"""
