# The production image: Airflow with the project baked in. Every service of docker-compose.yml runs this one image.
FROM apache/airflow:3.3.2-python3.11

WORKDIR /opt/airflow

# The same locked, hashed closure as on one machine and in CI. First, so that a change of code reuses this layer.
COPY --chown=airflow:0 requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt

COPY --chown=airflow:0 pyproject.toml ./
COPY --chown=airflow:0 include ./include
COPY --chown=airflow:0 dags ./dags
COPY --chown=airflow:0 plugins ./plugins
COPY --chown=airflow:0 seeds ./seeds
COPY --chown=airflow:0 docker/init.sh ./docker/init.sh

# Editable, because the library finds seeds/ and include/vocabulary beside itself. The second line writes the file that
# Airflow imports at its start, the same text as on one machine: the worker then forks tasks that need not import
# Great Expectations (8 s of CPU). The folders are made here so that the volumes on them belong to `airflow`.
RUN pip install --no-cache-dir --no-deps --no-build-isolation --editable . \
    && mkdir -p config data logs \
    && python -c "from pathlib import Path; from thuchi.local.airflow import PRELOAD; Path('config/airflow_local_settings.py').write_text(PRELOAD)"

USER airflow
