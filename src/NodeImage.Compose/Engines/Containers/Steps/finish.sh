# Ends a step: takes away what tools have left behind, and brings the image's own records in order.

# The package that a path belongs to, if any. An image need not have rpm; then its builder has left a list.
owner_of() {
    if [ -f "$state/owners" ]; then
        awk -F '\t' -v path="$1" '$1 == path { print $2; exit }' "$state/owners"
    else
        rpm -qf --qf '%{NAME}\n' -- "$1" 2> /dev/null | sed -n '/^[^ ]*$/{p;q;}'
    fi
}

# forget PATH...: removes what neither the base has nor a package.
forget() {
    for path in "$@"; do
        if [ -d "$path" ] && [ ! -L "$path" ]; then
            (forget "$path"/* "$path"/.[!.]*)
        fi
        if [ -e "$path" ] || [ -L "$path" ]; then
            remove_stray "$path"
        fi
    done
}

remove_stray() {
    [ ! -e "$base$1" ] && [ ! -L "$base$1" ] || return 0
    if [ ! -d "$1" ] || [ -L "$1" ]; then
        [ -n "$(owner_of "$1")" ] || rm -f -- "$1"
    elif [ -z "$(owner_of "$1")" ]; then
        rmdir -- "$1" 2> /dev/null || :
    fi
}

clean_up() {
    rm -f /etc/.pwd.lock /etc/passwd- /etc/group- /etc/shadow- /etc/gshadow- /etc/subuid- /etc/subgid-
    for file in /etc/machine-id /var/lib/dbus/machine-id; do
        [ -e "$base$file" ] || rm -f "$file"
    done
    [ -e "$base/var/cache/ldconfig" ] || rm -rf /var/cache/ldconfig
    forget /etc/dnf/modules.d /var/cache/dnf /var/cache/libdnf5 /var/cache/yum /var/lib/dnf /var/lib/yum /var/tmp
    forget /var/log/dnf* /var/log/hawkey.log /var/log/yum.log /var/log/rpm-ostree* /var/lib/systemd/catalog /root/.rpmdb /root/.cache
}

# Python writes down what it has compiled beside what it runs, with times that are not the image's.
drop_compiled() {
    find /usr -xdev -name '*.pyc' -newer "$state/began" > "$state/compiled" || :
    while IFS= read -r file; do
        if [ -e "$base$file" ]; then
            cp -p -- "$base$file" "$file"
        elif [ -z "$(owner_of "$file")" ]; then
            rm -f -- "$file"
            rmdir -- "${file%/*}" 2>/dev/null || :
        fi
    done < "$state/compiled"
}

# The database of packages is read on systems whose /usr cannot be written. SQLite's write-ahead log would need to be made
# there even for reading; the two bytes are the file format's own statement of whether there is one (sqlite.org/fileformat,
# offsets 18 and 19).
settle_database() {
    database=/usr/share/rpm/rpmdb.sqlite
    [ -f "$database" ] || return 0
    [ ! -s "$database-wal" ] || fail 'the database of packages was left open'
    rm -f "$database-wal" "$database-shm" /usr/share/rpm/.rpm.lock
    if [ "$(od -An -tu1 -j18 -N2 "$database" | tr -d ' ')" = 22 ]; then
        printf '\001\001' | dd of="$database" bs=1 seek=18 conv=notrunc 2> /dev/null
    fi
}

finish() {
    drop_compiled
    clean_up
    describe_var
    settle_database
}
