# What ./run, ./test and ./bench share: installing what a fresh Debian lacks,
# the pieces from npm, and the build folders. Sourced by bash, never run.
#
# The rule about owners: packages are installed as root, everything else is
# done as whoever called. When sudo called, the folders we write to are handed
# to the caller and root is given up for good.
# shellcheck shell=bash disable=SC2034

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

# What compiling needs: Debian packages, checked with dpkg-query.
build_packages=(
	gcc libc6-dev meson ninja-build pkgconf gettext gzip tzdata ca-certificates
	libmicrohttpd-dev libsqlite3-dev libpq-dev libtalloc-dev libjansson-dev
	libfyaml-dev libutf8proc-dev libpcre2-dev libsodium-dev libstemmer-dev
	libcurl4-openssl-dev zlib1g-dev libgumbo-dev libexpat1-dev
)

# What running uses besides: Graphviz draws the instruction, in this font;
# pdftotext reads the website's PDF files.
run_packages=(graphviz fonts-liberation poppler-utils)

say() {
	printf '%s\n' "$*" >&2
}

# One line for the user, and the end.
give_up() {
	printf '%s: %s\n' "${0##*/}" "$*" >&2
	exit 2
}

# The release this is made for, or one line that says why not.
need_debian() {
	local ID='' VERSION_ID=''

	if [ -r /etc/os-release ]; then
		# shellcheck source=/dev/null
		. /etc/os-release
	fi
	command -v apt-get >/dev/null ||
		give_up "this needs Debian 12 or newer (no apt-get found here)"
	if [ "$ID" = debian ] && [ "${VERSION_ID:-99}" -lt 12 ]; then
		give_up "this needs Debian 12 or newer (this is Debian $VERSION_ID)"
	fi
}

may_be_root() {
	[ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null
}

# Runs a command as root: sudo may ask for a password.
root_do() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	else
		sudo "$@"
	fi
}

# Prints those of the named packages that are not installed.
packages_missing() {
	local have
	have=" $(dpkg-query -W -f '${db:Status-Status}=${Package} ' "$@" \
		2>/dev/null || true)"
	local name
	for name in "$@"; do
		case $have in
		*" installed=$name "*) ;;
		*) printf '%s\n' "$name" ;;
		esac
	done
}

# Installs those of the named packages that are missing. npm is a special
# case: a Node from elsewhere brings its own and conflicts with Debian's.
packages_install() {
	local missing

	command -v npm >/dev/null || set -- "$@" nodejs npm
	mapfile -t missing < <(packages_missing "$@")
	[ ${#missing[@]} -gt 0 ] || return 0
	may_be_root ||
		give_up "not root and no sudo; as root: apt-get install ${missing[*]}"
	say "Installing with apt-get: ${missing[*]}"
	root_do apt-get update -q >&2 ||
		say "apt-get update failed (is this machine online?);" \
			"trying with the lists that are there"
	root_do env DEBIAN_FRONTEND=noninteractive apt-get install -q -y \
		--no-install-recommends -o DPkg::Lock::Timeout=300 \
		-o Dpkg::Options::=--force-confold "${missing[@]}" >&2 ||
		give_up "apt-get could not install: ${missing[*]}." \
			"Its reasons stand above. Is this machine online?"
}

# Called by sudo: hand the folders we write to over to the caller, then start
# this script again as the caller. Otherwise does nothing.
# packages_install comes first, since it needs root.
root_give_up() {
	local folder home

	[ "$(id -u)" -eq 0 ] && [ "${SUDO_UID:-0}" -ne 0 ] || return 0
	for folder in build node_modules var; do
		mkdir -p "$here/$folder"
		[ "$(stat -c %u "$here/$folder")" = "$SUDO_UID" ] ||
			chown -R "$SUDO_UID:$SUDO_GID" "$here/$folder"
	done
	home=$(getent passwd "$SUDO_UID" | cut -d: -f6)
	exec setpriv --reuid="$SUDO_UID" --regid="$SUDO_GID" --init-groups \
		env -u SUDO_UID -u SUDO_GID HOME="${home:-/}" USER="$SUDO_USER" \
		LOGNAME="$SUDO_USER" "$here/${0##*/}" "$@"
}

# Makes the folders we write to, or says that we may not.
folders_make() {
	mkdir -p "$here/build" "$here/node_modules" "$here/var" 2>/dev/null ||
		give_up "cannot write to $here; its owner, or sudo, can"
	local folder
	for folder in build node_modules var; do
		[ -w "$here/$folder" ] ||
			give_up "cannot write to $here/$folder; its owner, or sudo, can"
	done
	[ -w "${HOME:-/}" ] || export npm_config_cache="$here/build/npm-cache"
}

# Styles, icons and scripts from npm: `runtime` for what is built in, `all`
# with what tests need. Nothing happens while package-lock.json is unchanged.
modules_install() {
	local want=$1 stamp="$here/node_modules/.installed" sum omit=()

	sum=$(sha256sum <"$here/package-lock.json" | cut -d' ' -f1)
	if [ -r "$stamp" ]; then
		case "$(cat "$stamp")" in
		"$sum all" | "$sum $want") return 0 ;;
		esac
	fi
	[ "$want" = all ] || omit=(--omit=dev)
	say "Fetching styles, icons and scripts with npm"
	rm -f "$stamp"
	(cd "$here" && npm ci --ignore-scripts --no-audit --no-fund \
		--loglevel=error "${omit[@]}" >&2) ||
		give_up "npm could not fetch what package-lock.json names." \
			"Its reasons stand above. Is this machine online?"
	echo "$sum $want" >"$stamp"
}

# build_make FOLDER TARGET... -- MESON OPTIONS...: sets the folder under build/
# up when it is new (or the checkout has moved), then builds. Returns ninja's
# verdict.
build_make() {
	local folder="$here/build/$1" targets=()
	shift
	while [ "$1" != -- ]; do
		targets+=("$1")
		shift
	done
	shift
	if [ "$(cat "$folder/.made-for" 2>/dev/null)" != "$here $*" ]; then
		rm -rf "$folder"
		meson setup "$folder" "$here" "$@" || return
		echo "$here $*" >"$folder/.made-for"
	fi
	ninja -C "$folder" "${targets[@]}"
}
