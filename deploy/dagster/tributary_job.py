"""Tributary every night, for Dagster. docs/nightly.md describes it.

nightly.sh tries again what may pass, and sends the alerts. A run that published nothing fails, and
Dagster does not retry it: a new attempt would give the same result. Exit code 9 (published, with new
warnings) materializes the asset, and the check "no_new_warnings" fails with severity WARN.
"""

import json
import os
import subprocess
import tempfile

import dagster as dg

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


@dg.asset(
    check_specs=[dg.AssetCheckSpec(name="no_new_warnings", asset="attribution")],
    pool="tributary",  # with a limit of 1: a second run of the same directory would end with exit code 5
)
def attribution(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    """The published run: reports, credits and tables under OUT/current."""
    with tempfile.TemporaryDirectory() as private:
        outcome = os.path.join(private, "outcome.json")
        code = subprocess.run([NIGHTLY], env={**SETTINGS, **os.environ, "TRIBUTARY_OUTCOME": outcome}).returncode
        if code not in (0, 9):
            raise dg.Failure(f"tributary: exit code {code}; the alert says who has to do what", allow_retries=False)
        with open(outcome, encoding="utf-8") as file:
            run = json.load(file)
    return dg.MaterializeResult(
        metadata={key: run[key] for key in ("run", "as_of", "revenue", "currency", "attributed_share", "new_warnings", "seconds")},
        check_results=[dg.AssetCheckResult(check_name="no_new_warnings", passed=code == 0, severity=dg.AssetCheckSeverity.WARN)],
    )


nightly = dg.define_asset_job("tributary_nightly", selection=[attribution])

defs = dg.Definitions(
    assets=[attribution],
    jobs=[nightly],
    schedules=[dg.ScheduleDefinition(job=nightly, cron_schedule="15 4 * * *", execution_timezone="Europe/Berlin")],
)
