# Writes the list of the image's packages to where OpenShift's tools look for it.
. /run/nodeimage/steps/common.sh

target=/usr/share/openshift/base/meta.json
mkdir -p "${target%/*}"
rpm -qa --qf '%{NAME}\t%{EPOCHNUM}\t%{VERSION}\t%{RELEASE}\t%{ARCH}\n' | grep -v '^gpg-pubkey	' |
    sort -t '	' -k 1,1 -k 2,2n -k 3,3V -k 4,4V -k 5,5 |
    awk -F '\t' '
        function text(value) { gsub(/[\\"]/, "\\\\&", value); return "\"" value "\"" }
        BEGIN { printf "{\"rpmdb.pkglist\":[" }
        { printf "%s[%s,%s,%s,%s,%s]", (NR > 1 ? "," : ""), text($1), text($2), text($3), text($4), text($5) }
        END { printf "]}" }
    ' > "$target"
