#!/bin/bash
# The one-shot service `init`: both databases to their newest tables, and the first user. Safe to run again.
set -euo pipefail

if [ "${#AIRFLOW__API_AUTH__JWT_SECRET}" -lt 64 ]; then
    echo "JWT_SECRET has ${#AIRFLOW__API_AUTH__JWT_SECRET} characters, and HS512 needs at least 64: see .env.example." >&2
    exit 1
fi

airflow db migrate
thuchi db upgrade
airflow users create --role Admin --username "$ADMIN_USER" --password "$ADMIN_PASSWORD" \
    --email "$ADMIN_EMAIL" --firstname Thu --lastname Chi
