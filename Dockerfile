# GoImg in a container: docs/OPERATIONS.md says how to run it.
#   docker build -t goimg .
#   docker run -d -p 8080:8080 -v goimg:/data goimg

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
# what decides about packages, so that a change of code restores nothing
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY build/*.targets build/
COPY GoImg.Core/*.csproj GoImg.Core/
COPY GoImg.DurableFiles/*.csproj GoImg.DurableFiles/
COPY GoImg.EmbeddedPostgres/*.csproj GoImg.EmbeddedPostgres/
COPY GoImg.Infrastructure/*.csproj GoImg.Infrastructure/
COPY GoImg.Demo/*.csproj GoImg.Demo/
COPY GoImg.Web/*.csproj GoImg.Web/
RUN dotnet restore GoImg.Web -p:Configuration=Release
COPY GoImg.Core GoImg.Core
COPY GoImg.DurableFiles GoImg.DurableFiles
COPY GoImg.EmbeddedPostgres GoImg.EmbeddedPostgres
COPY GoImg.Infrastructure GoImg.Infrastructure
COPY GoImg.Demo GoImg.Demo
COPY GoImg.Web GoImg.Web
# the layout of the sources is checked where they are changed
RUN dotnet publish GoImg.Web --configuration Release --no-restore --output /program -p:CSharpier_Check=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# PostgreSQL for who names no server of their own, bubblewrap to render apart, the system's libvips for HEIC: all else is decoded by the one that comes
# with GoImg. The package of PostgreSQL would make a database cluster at once, which is GoImg's to make in /data; newer releases keep the decoder of
# HEIC in a package of its own.
RUN apt-get update \
 && export DEBIAN_FRONTEND=noninteractive \
 && apt-get install -y --no-install-recommends postgresql-common \
 && sed -i -E 's/^#? *create_main_cluster *=.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf \
 && codec=$(apt-cache show libheif-plugin-libde265 >/dev/null 2>&1 && echo libheif-plugin-libde265 || true) \
 && apt-get install -y --no-install-recommends bubblewrap libvips42 postgresql $codec \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 goimg \
 && useradd --no-log-init --uid 10001 --gid goimg --home-dir /data --no-create-home --shell /usr/sbin/nologin goimg \
 && install -d -o goimg -g goimg -m 0700 /data
WORKDIR /program
COPY --from=build /program ./
ENV ASPNETCORE_HTTP_PORTS=8080 \
    Data__Path=/data \
    DOTNET_EnableDiagnostics=0
USER 10001:10001
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["/program/GoImg.Web", "health"]
ENTRYPOINT ["/program/GoImg.Web"]
