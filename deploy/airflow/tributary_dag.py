"""Tributary every night, for Airflow 3. docs/nightly.md describes it.

nightly.sh runs on the worker, tries again what may pass, and sends the alerts. A run that published
nothing fails the task, without retries of Airflow: a new attempt would give the same result. Exit
code 9 (published, with new warnings) succeeds.
"""

import os
import subprocess

import pendulum
from airflow.exceptions import AirflowFailException
from airflow.sdk import dag, task

NIGHTLY = os.environ.get("TRIBUTARY_NIGHTLY", "/opt/tributary/deploy/nightly.sh")
SETTINGS = {
    "TRIBUTARY_PROGRAM": "/opt/tributary/tributary",
    "TRIBUTARY_CONFIG": "/etc/tributary/tributary.yaml",
    "TRIBUTARY_OUT": "/srv/tributary/out",
    "TRIBUTARY_KEEP": "30",
    "TRIBUTARY_MEMORY_LIMIT": "4GB",
    "TRIBUTARY_METRICS": "/srv/tributary/metrics/tributary.prom",
    "TRIBUTARY_ALERT": 'mail -s "Tributary: exit $TRIBUTARY_EXIT" revenue-operations@example.com',
}


@dag(
    schedule="15 4 * * *",  # in the time zone of start_date
    start_date=pendulum.datetime(2025, 1, 1, tz="Europe/Berlin"),
    catchup=False,  # a run reads complete exports: there is nothing to make up for
    max_active_runs=1,  # a second run of the same directory would end with exit code 5
    tags=["attribution"],
)
def tributary():
    # A pool of one slot keeps other heavy tasks away, if the worker is small.
    @task(retries=0, execution_timeout=pendulum.duration(hours=6))
    def nightly() -> int:
        code = subprocess.run([NIGHTLY], env={**SETTINGS, **os.environ}).returncode
        if code not in (0, 9):
            raise AirflowFailException(f"tributary: exit code {code}; the alert says who has to do what")
        return code

    nightly()


tributary()
