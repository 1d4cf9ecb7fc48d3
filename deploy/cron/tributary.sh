#!/bin/sh
# For cron: reads /etc/tributary/nightly.env and runs nightly.sh. In /etc/cron.d/tributary:
#
#   15 4 * * *  tributary  /opt/tributary/deploy/cron/tributary.sh >>/var/log/tributary/nightly.log 2>&1
#
# nightly.sh sends the alerts, so cron needs no MAILTO.
set -eu
settings=${1:-/etc/tributary/nightly.env}
PATH=/opt/tributary:/usr/local/bin:/usr/bin:/bin
export PATH
set -a
# shellcheck source=deploy/nightly.env
. "$settings"
set +a
exec "${0%/cron/*}/nightly.sh"
