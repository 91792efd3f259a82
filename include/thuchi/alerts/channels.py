"""A message by a connection of Airflow; the type of the connection says how.

| type | what it needs |
| --- | --- |
| smtp | host, port, login; in its extra `from_email`, and `to`: one address or several with commas |
| slackwebhook | an incoming webhook of Slack, as Airflow's Slack provider wants it |
| slack | a bot's token; in its extra `channel` |
| http | any address that takes JSON by POST: {subject, text, and the facts}; its extra holds headers |
| apprise | Apprise's addresses, in its extra `config`: [{"path": "tgram://…"}, …] |
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from airflow.sdk import BaseHook, Connection

from thuchi.alerts.words import Message, message
from thuchi.shown import Language


class CannotSend(Exception):  # noqa: N818
    """What is missing in a connection, or what a service did not take, in one sentence."""


Facts = Mapping[str, Any]


def send(connection_id: str, facts: Facts, language: Language) -> None:
    """Send an alert by one connection.

    Raises:
        CannotSend: it lacks something, or its service refuses; besides whatever the service's library raises.
    """
    connection = BaseHook.get_connection(connection_id)
    how = CHANNELS.get(str(connection.conn_type))
    if how is None:
        raise CannotSend(
            f"{connection_id} is of type {connection.conn_type}: alerts go by {', '.join(sorted(CHANNELS))}."
        )
    how(connection, message(facts, language), facts)


def _mail(connection: Connection, said: Message, _: Facts) -> None:
    from airflow.providers.smtp.hooks.smtp import SmtpHook

    to = connection.extra_dejson.get("to")
    if not to:
        raise CannotSend(f'{connection.conn_id}: say in its extra to whom, as {{"to": "a@example.vn"}}.')
    with SmtpHook(smtp_conn_id=connection.conn_id) as hook:
        hook.send_email_smtp(to=to, subject=said.subject, html_content=said.html)


def _slack_webhook(connection: Connection, said: Message, _: Facts) -> None:
    from airflow.providers.slack.hooks.slack_webhook import SlackWebhookHook

    SlackWebhookHook(slack_webhook_conn_id=connection.conn_id).send(text=_slack_text(said))


def _slack(connection: Connection, said: Message, _: Facts) -> None:
    from airflow.providers.slack.hooks.slack import SlackHook

    channel = connection.extra_dejson.get("channel")
    if not channel:
        raise CannotSend(f'{connection.conn_id}: say in its extra which channel, as {{"channel": "#ngan-sach"}}.')
    SlackHook(slack_conn_id=connection.conn_id).call(
        "chat.postMessage", json={"channel": channel, "text": _slack_text(said)}
    )


def _slack_text(said: Message) -> str:
    """Slack reads <…> and & as markup, <!channel> for one: the words of an article must not call anybody."""
    plain = "\n".join([f"*{said.subject}*", *said.lines])
    for sign, instead in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        plain = plain.replace(sign, instead)
    return "\n".join([plain, *(f"<{address}|{name}>" for name, address in said.links)])


def _webhook(connection: Connection, said: Message, facts: Facts) -> None:
    from airflow.providers.http.hooks.http import HttpHook

    body = json.dumps({"subject": said.subject, "text": said.text, **facts}, ensure_ascii=False).encode()
    HttpHook(method="POST", http_conn_id=connection.conn_id).run(
        data=body,  # type: ignore[arg-type]
        headers={"Content-Type": "application/json; charset=utf-8"},
        extra_options={"timeout": 30},
    )


def _apprise(connection: Connection, said: Message, _: Facts) -> None:
    from airflow.providers.apprise.hooks.apprise import AppriseHook
    from apprise import Apprise

    # Not AppriseHook.notify: it does not say whether anything was sent.
    services = Apprise()
    AppriseHook(connection.conn_id).set_config_from_conn(connection, services)
    if not services.notify(body=said.text, title=said.subject):
        raise CannotSend(f"{connection.conn_id}: not all of its {len(services)} services took the alert; see the log.")


CHANNELS: Mapping[str, Callable[[Connection, Message, Facts], None]] = {
    "smtp": _mail,
    "slackwebhook": _slack_webhook,
    "slack": _slack,
    "http": _webhook,
    "apprise": _apprise,
}
