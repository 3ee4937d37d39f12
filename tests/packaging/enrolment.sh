# Runs in the clean root, given a free port: keys of a training centre, its intake, an invitation, a terminal that is
# enrolled as its post's account, the post, a feed, and what the app's account sees of it all.
set -eu
port=$1
work=/tmp/enrolment
lib=/var/lib/citizen-window
mkdir -p $work
intake= post=
trap 'kill -9 $intake $post 2>/dev/null || true' EXIT

until_there() { # FILE TEXT, within a minute
    tries=0
    until grep -qs "$2" "$1"; do
        sleep 0.1
        tries=$((tries + 1))
        [ $tries -lt 600 ] || { cat "$1" >&2; exit 1; }
    done
}
centre() { runuser -u cw-intake -- intake "$@" --config /etc/citizen-window/intake.toml; }
post() { runuser -u cw-post -g cw -- kiosk-post "$@" --config /etc/citizen-window/kiosk.toml; }

kiosk-training-keys --state $work/world --terminal 000101001001999 \
    --pack /usr/share/citizen-window/packs/sample_county/pack.json >/dev/null
cp -r $work/world/intake/. $work/world/keys $work/world/pack $lib/intake
chown -R cw-intake:cw-intake $lib/intake
cp $work/world/pack/* $lib/pack
for file in kiosk intake; do
    sed -i -e 's/^realm = .*/realm = "training"/' -e "s/^listen_port = .*/listen_port = $port/" \
        -e "s|^intake_url = .*|intake_url = \"http://127.0.0.1:$port\"|" /etc/citizen-window/$file.toml
done

setpriv --reuid cw-intake --regid cw-intake --init-groups \
    intake serve --config /etc/citizen-window/intake.toml >$work/intake.log 2>&1 &
intake=$!
until_there $work/intake.log ProgramStarted
centre terminals invite --terminal 000101001001001 --division 000101001001 --point hall --profile hall \
    --centre http://127.0.0.1:$port >$work/invitation
post enrol --invitation "$(sed -n 's/^邀请	//p' $work/invitation)"
setpriv --reuid cw-post --regid cw --init-groups \
    kiosk-post --config /etc/citizen-window/kiosk.toml >$work/post.log 2>&1 &
post=$!
until_there $work/post.log ProgramStarted

cp $work/world/root/feed.key $lib/intake/feed.key
chown cw-intake $lib/intake/feed.key
echo '[times]' >$work/configuration.toml
chmod 0755 $work
centre publish configuration $work/configuration.toml --key $lib/intake/feed.key
until_there $work/post.log FeedTaken

# The app's account reads what the post brought, reaches the post, and nothing of the post's own.
app() { runuser -u cw-kiosk -- "$@"; }
refused() {
    ! app "$@" 2>/dev/null || { echo "not refused: $*" >&2; exit 1; }
}
app cat $lib/keys/root.pub $lib/keys/key_set.json $lib/pack/pack.json $lib/feeds/configuration-1.feed >/dev/null
app test -w /run/citizen-window/post.sock
app sh -c "echo floor >$lib/state/pack_floor"
refused ls $lib/post
refused ls $lib/intake
refused sh -c "rm -r $lib/state/enrolment"
refused sh -c "echo x >$lib/feeds/x"
# Without devices it finds much; 2 would be a configuration it cannot read.
code=0
kiosk-technician report --config /etc/citizen-window/kiosk.toml || code=$?
[ $code -ne 2 ]
echo "report said what is missing: $code"

# The set-up by script: enrolled already, everything else decided, and the record is signed by the post that runs.
kiosk-technician set-up --example | sed -e 's/^how = .*/how = "enrolled"/' -e '/^invitation = /d' \
    -e 's/^set_by = .*/set_by = "hand"/' -e 's/^kind = .*/kind = "none"/' \
    -e 's/^\(documents\|slips\|aim\) = .*/\1 = "unsupported"/' >$work/answers.toml
code=0
kiosk-technician set-up --config /etc/citizen-window/kiosk.toml --show || code=$?
[ $code -eq 1 ]
code=0
kiosk-technician set-up --config /etc/citizen-window/kiosk.toml --answers $work/answers.toml --by T-0007 \
    --json $work/record.json || code=$?
[ $code -lt 2 ]
grep -q set_up.touch $work/record.json
kiosk-technician set-up --config /etc/citizen-window/kiosk.toml --show
echo "set up and recorded: $code"
# Both accounts read what was decided.
app cat $lib/state/set_up/settings.toml >/dev/null
runuser -u cw-post -g cw -- cat $lib/state/set_up/settings.toml >/dev/null
