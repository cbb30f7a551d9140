using GoImg.Web.Api;

namespace GoImg.Web.Apps;

/// <summary>Uploads from a shell: a script of its own, and the one command it comes down to.</summary>
internal static class UploadScript
{
    public const string Name = "goimg-upload";

    public const string Usage = $"chmod 700 ~/Downloads/{Name}\nflameshot gui --raw | ~/Downloads/{Name}";

    public static string Write(UploadAccess access) =>
        $$"""
            #!/usr/bin/env bash
            # Sends an image to {{access.Site}} and prints the address of its page:
            #   {{Name}} picture.jpg
            #   flameshot gui --raw | {{Name}}
            # It needs curl. Keep it to yourself (chmod 700): whoever has it can upload in your name.
            set -euo pipefail

            site='{{access.Site}}'
            token='{{access.Token}}'

            name=$(basename -- "${1:-screenshot.png}")
            if [ $# -gt 0 ]; then exec < "$1"; fi

            # The token goes through a pipe: command lines can be read by everyone on this machine.
            answer=$(curl --silent --show-error --config <(printf 'header = "Authorization: Bearer %s"\n' "$token") \
              --form "file=@-;filename=\"${name//[[:cntrl:]\"\\]/_}\"" --form-string 'visibility={{access.Visibility}}' "$site{{ApiV1.Prefix}}/images")
            field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" <<< "$answer"; }

            page=$(field page)
            if [ -z "$page" ]; then
              detail=$(field detail)
              echo "{{Name}}: ${detail:-the answer can not be read}" >&2
              exit 1
            fi
            case $page in /*) page=$site$page ;; esac
            echo "$page"

            """.ReplaceLineEndings("\n");

    public static string Command(UploadAccess access) =>
        $"""
            curl --fail-with-body {access.Address} \
              -H 'Authorization: Bearer {access.Token}' \
              -F visibility={access.Visibility} \
              -F file=@picture.jpg
            """.ReplaceLineEndings("\n");
}
