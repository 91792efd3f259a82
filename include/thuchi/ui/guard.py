"""Who may see a page and who may decide: by the session of Airflow and its rights on a DAG.

Airflow guards nothing of a plugin's routes. These imports are Airflow's internals, kept in this module alone; a test
asks every route there is without a session, as a viewer and as somebody with rights.
"""

from __future__ import annotations

from typing import Annotated, Literal

from airflow.api_fastapi.app import get_auth_manager
from airflow.api_fastapi.auth.managers.models.base_user import BaseUser
from airflow.api_fastapi.auth.managers.models.resource_details import DagDetails
from airflow.api_fastapi.core_api.security import get_user
from airflow.configuration import conf
from fastapi import Depends, HTTPException

from thuchi.runs import NEWS_DAGS

Right = Literal["GET", "PUT"]

REMEDY = "ask who looks after Airflow for the right."


class Reader:
    """The person behind a request, and what that person may do."""

    def __init__(self, user: BaseUser) -> None:
        self._user = user
        # FAB shows a full name, which its owner may change: the name of the account is what is kept of a decision.
        self.name = str(getattr(user, "username", None) or user.get_name())
        self.id = str(user.get_id())

    def may(self, right: Right, dag_id: str) -> bool:
        """Whether this person may see (GET) or edit (PUT) a DAG."""
        return bool(get_auth_manager().is_authorized_dag(method=right, details=DagDetails(id=dag_id), user=self._user))

    def require(self, right: Right, dag_id: str) -> None:
        """Raises HTTPException 403 for whoever may not."""
        if not self.may(right, dag_id):
            doing = "see" if right == "GET" else "decide on the figures of"
            raise HTTPException(
                403, f"You may not {doing} the DAG {dag_id}: ask who looks after Airflow for the right."
            )

    def dags(self, right: Right = "GET") -> tuple[str, ...]:
        """The DAGs of news that this person may see or edit."""
        return tuple(dag_id for dag_id in NEWS_DAGS if self.may(right, dag_id))


def _reader(user: Annotated[BaseUser, Depends(get_user)]) -> Reader:
    """Anyone who may see one of our DAGs; get_user raises 401 where nobody is logged in."""
    reader = Reader(user)
    if not reader.dags():
        raise HTTPException(
            403, f"You may not see {' or '.join(NEWS_DAGS)}: ask who looks after Airflow for the right."
        )
    return reader


Seen = Annotated[Reader, Depends(_reader)]
"""As the type of a route's parameter: the route is for whoever may see one of our DAGs."""


def login_address(back_to: str) -> str:
    """Airflow's login page, which leads back afterwards."""
    return str(get_auth_manager().get_url_login(next_url=back_to))


def secret() -> str:
    """What this installation signs with."""
    return str(conf.get("api", "secret_key"))
