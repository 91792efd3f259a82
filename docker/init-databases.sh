#!/bin/bash
# Run once by the postgres image, when its volume is empty: two databases on one server, each with a role of its own
# that can not reach the other. The passwords come from .env.
set -euo pipefail

psql --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres \
    --set=airflow_password="$AIRFLOW_DB_PASSWORD" --set=thuchi_password="$THUCHI_DB_PASSWORD" <<'SQL'
CREATE ROLE airflow LOGIN PASSWORD :'airflow_password';
CREATE DATABASE airflow OWNER airflow;
REVOKE CONNECT ON DATABASE airflow FROM PUBLIC;

CREATE ROLE thuchi LOGIN PASSWORD :'thuchi_password';
CREATE DATABASE thuchi OWNER thuchi;
REVOKE CONNECT ON DATABASE thuchi FROM PUBLIC;
SQL
