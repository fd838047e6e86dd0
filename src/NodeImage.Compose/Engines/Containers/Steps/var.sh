# A machine takes /var from the image that it is installed from and never again. What is there and not the base's is said in
# tmpfiles.d, so that a machine that has a /var already gets it too. Files move to where systemd copies them from.

list_var() {
    [ -d "$1/var" ] && find "$1/var" -mindepth 1 \( -name '*
*' -prune -o -printf '%y %m %U %G /var/%P\n' \) | sort
}

# The paths that tmpfiles.d speaks of already.
declared_paths() {
    for folder in /etc/tmpfiles.d /usr/lib/tmpfiles.d; do
        [ -d "$folder" ] && find "$folder/" -maxdepth 1 -name '*.conf' -exec cat {} +
    done | awk '$1 ~ /^[dDvqQLCfFp]/ && NF >= 2 { gsub(/"/, "", $2); sub(/\/+$/, "", $2); print $2 }'
}

# quote PATH: as tmpfiles.d reads it.
quote() {
    case $1 in
        *[[:space:]\"\'\\%]*) printf '"%s"' "$(printf %s "$1" | sed -e 's/[\\"]/\\&/g' -e 's/%/%%/g')" ;;
        *) printf %s "$1" ;;
    esac
}

describe_var() {
    list_var "$base" > "$state/var.base" || :
    list_var '' > "$state/var.now" || :
    declared_paths > "$state/var.declared"
    comm -13 "$state/var.base" "$state/var.now" | cut -d ' ' -f 5- | grep -Ev '^/var/(run|lock)$' | walk_order > "$state/var.new" || :
    while IFS= read -r path; do
        type=$(stat -c %F -- "$path")
        owners=$(stat -c '%U %G' -- "$path" | awk -v ids="$(stat -c '%u %g' -- "$path")" '{ split(ids, n, " "); print ($1 == "UNKNOWN" ? n[1] : $1), ($2 == "UNKNOWN" ? n[2] : $2) }')
        mode=$(stat -c %a -- "$path" | awk '{ printf "%04d", $1 }')
        case $type in
            directory) line="d $(quote "$path") $mode $owners - -" ;;
            'symbolic link') line="L $(quote "$path") - - - - $(readlink -- "$path" | sed 's/%/%%/g')" ;;
            regular*) line="C $(quote "$path") $mode $owners - -" ;;
            *) continue ;;
        esac
        # The package whose file it is; asked while it is where the package put it.
        package=$(owner_of "$path")
        case $line in
            C*)
                mkdir -p -- "/usr/share/factory${path%/*}"
                mv -- "$path" "/usr/share/factory$path"
                ;;
        esac
        if ! grep -qxF -e "$path" "$state/var.declared"; then
            if [ -n "$package" ]; then
                echo "$line" >> "/usr/lib/tmpfiles.d/pkg-$package.conf"
            else
                echo "$line" >> "/usr/lib/tmpfiles.d/nodeimage-$image_name.conf"
            fi
        fi
    done < "$state/var.new"
}
