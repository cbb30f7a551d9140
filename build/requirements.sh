# Sourced by run, test and bench: finds what GoImg needs and installs what is missing.
# Every function is safe to call again; nothing is done that is not said.

say() { printf '• %s\n' "$*"; }
fail() { printf '✗ %s\n' "$*" >&2; exit 1; }

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# No build servers: they would outlive the script.
dotnet_quiet=(--nologo --verbosity quiet -clp:NoSummary -nodeReuse:false -p:UseSharedCompilation=false)

package_manager() {
  local name
  for name in apt-get dnf brew; do
    if command -v "$name" >/dev/null; then echo "$name"; return; fi
  done
}

# The .NET SDK is never installed by itself: how it gets onto a machine is its owner's choice.
require_sdk() {
  if ! command -v dotnet >/dev/null && [ -x "$HOME/.dotnet/dotnet" ]; then PATH="$HOME/.dotnet:$PATH"; fi
  if dotnet --version >/dev/null 2>&1; then
    # the built program looks for its runtime here
    export DOTNET_ROOT="${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")}"
    return
  fi
  local how='curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0'
  case "$(package_manager)" in
    apt-get) if apt-cache show dotnet-sdk-10.0 >/dev/null 2>&1; then how='sudo apt-get install -y dotnet-sdk-10.0'; fi ;;
    dnf) how='sudo dnf install -y dotnet-sdk-10.0' ;;
    brew) how='brew install dotnet' ;;
  esac
  fail "The .NET 10 SDK is missing. Install it with:  $how"
}

any_exists() { local path; for path in "$@"; do if [ -e "$path" ]; then return 0; fi; done; return 1; }

has_libvips() { any_exists /usr/lib/*/libvips.so.42 /usr/lib64/libvips.so.42 /usr/lib/libvips.so.42 /usr/local/lib/libvips.so.42 /opt/homebrew/lib/libvips.42.dylib /usr/local/lib/libvips.42.dylib; }
has_postgres() { command -v initdb >/dev/null || any_exists /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb /opt/homebrew/opt/postgresql@*/bin/initdb /usr/local/opt/postgresql@*/bin/initdb; }
has_sandbox() { [ "$(uname)" != Linux ] || command -v bwrap >/dev/null; }
has_browser() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || any_exists '/Applications/Google Chrome.app'; }
has_scanner() { command -v clamd >/dev/null || any_exists /usr/sbin/clamd /opt/homebrew/sbin/clamd /usr/local/sbin/clamd; }
has_redis() { command -v redis-server >/dev/null; }
has_tracer() { [ "$(uname)" != Linux ] || command -v strace >/dev/null; }
# the public client of resumable uploads that the tests run
has_node() { command -v node >/dev/null && command -v npm >/dev/null; }
# an S3 server that others wrote; it writes below /etc/swift, so only root's tests use it
has_bucket() { [ "$(id -u)" != 0 ] || [ "$(package_manager)" != apt-get ] || { any_exists /usr/bin/swift-proxy-server && any_exists /usr/bin/swift-object-server && any_exists /usr/bin/memcached; }; }
# what ./bench compares with, and a C compiler for its yardstick
has_rivals() { command -v vipsthumbnail >/dev/null && any_exists /usr/bin/convert && command -v cc >/dev/null && command -v taskset >/dev/null; }
# what ./bench serve compares with, and by
has_servers() { has_proxy && command -v wrk >/dev/null; }
has_proxy() { command -v nginx >/dev/null || any_exists /usr/sbin/nginx; }
has_fonts() { [ "$(uname)" != Linux ] || any_exists /usr/share/fonts/truetype/dejavu /usr/share/fonts/dejavu-sans-fonts; }

# missing_packages <apt-get|dnf|brew> <need>...: the packages of the needs that are not met
missing_packages() {
  local manager=$1 need; shift
  for need in "$@"; do
    if "has_$need"; then continue; fi
    case "$need:$manager" in
      libvips:apt-get)
        echo libvips42
        # newer releases keep the decoder of HEIC in a package of its own
        if apt-cache show libheif-plugin-libde265 >/dev/null 2>&1; then echo libheif-plugin-libde265; fi ;;
      libvips:*) echo vips ;;
      postgres:apt-get) echo postgresql ;;
      postgres:dnf) echo postgresql-server postgresql-contrib ;;
      postgres:brew) echo postgresql@17 ;;
      sandbox:*) echo bubblewrap ;;
      browser:brew) echo --cask google-chrome ;;
      browser:*) echo chromium ;;
      scanner:apt-get) echo clamav-daemon ;;
      scanner:dnf) echo clamd ;;
      scanner:brew) echo clamav ;;
      redis:apt-get) echo redis-server ;;
      redis:*) echo redis ;;
      tracer:*) echo strace ;;
      node:brew) echo node ;;
      node:*) echo nodejs npm ;;
      bucket:apt-get) echo swift-proxy swift-account swift-container swift-object memcached ;;
      rivals:apt-get) echo libvips-tools imagemagick gcc libc6-dev util-linux ;;
      rivals:dnf) echo vips-tools ImageMagick gcc util-linux ;;
      servers:apt-get) echo nginx-light wrk ;;
      proxy:apt-get) echo nginx-light ;;
      proxy:*) echo nginx ;;
      servers:*) echo nginx wrk ;;
      fonts:apt-get) echo fonts-dejavu-core ;;
      fonts:dnf) echo dejavu-sans-fonts ;;
    esac
  done
}

# the system's libvips decodes HEIC and nothing else: the rest is decoded by the one that comes with GoImg

# install <need>...: installs what is missing of them; else fails with the reason in $problem
install() {
  local manager missing as_root=()
  manager=$(package_manager)
  # the lists tell which packages there are, and a new machine has none
  missing=$(missing_packages "${manager:-apt-get}" "$@" | tr '\n' ' ')
  problem=
  if [ -z "$missing" ]; then return; fi
  case "$manager" in
    '') problem="Missing: ${missing}(Debian's names). Install them with your system's package manager."; return 1 ;;
    brew) say "Installing $missing"; brew install $missing || problem="Missing: $missing"; [ -z "$problem" ]; return ;;
  esac
  if [ "$(id -u)" != 0 ]; then
    as_root=(sudo -n)
    if ! sudo -n true 2>/dev/null; then
      problem="Missing: ${missing}and no right to install without a password. Install with:  sudo $manager install -y ${missing% }"
      return 1
    fi
  fi
  say "Installing $missing"
  case "$manager" in
    apt-get)
      as_root+=(env DEBIAN_FRONTEND=noninteractive)
      "${as_root[@]}" apt-get update -qq || true
      missing=$(missing_packages apt-get "$@" | tr '\n' ' ')
      case " $missing" in
        *" postgresql "*)
          # Debian starts a server of its own with the package. GoImg brings up its own, so unless the machine has decided otherwise, none is made.
          if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
            "${as_root[@]}" apt-get install -qq -y --no-install-recommends postgresql-common >/dev/null &&
              "${as_root[@]}" sed -i -E 's/^#? *create_main_cluster *=.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
          fi ;;
      esac
      "${as_root[@]}" apt-get install -qq -y --no-install-recommends $missing >/dev/null || true ;;
    dnf) "${as_root[@]}" dnf install -q -y $missing || true ;;
  esac
  local need
  for need in "$@"; do
    if ! "has_$need"; then problem="$need is still missing after the installation of: $missing"; return 1; fi
  done
}

# require <need>...: what there is no going on without, of libvips, postgres, sandbox, browser, fonts, scanner, redis, tracer, node, rivals
require() { local problem; if ! install "$@"; then fail "$problem"; fi; }

# want <need> <sentence>: what it is better to have; where it can't be installed, the sentence says what that costs
want() { local problem; if ! install "$1"; then say "$2"; fi; }

# source_fingerprint <directory>...: changes with every file that a build reads
source_fingerprint() {
  find "$@" build *.props global.json .editorconfig BannedSymbols.txt -type d \( -name bin -o -name obj \) -prune -o -type f -print0 |
    LC_ALL=C sort -z | xargs -0 cksum | cksum
}
