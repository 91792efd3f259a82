"""One machine: an embedded PostgreSQL and the processes of Airflow, with all their state under THUCHI_HOME."""


class CannotRunError(Exception):
    """Why something cannot be run here, in one sentence for the person at the terminal: what, and the remedy."""
