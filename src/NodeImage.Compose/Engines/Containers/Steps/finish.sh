# Ends a step: takes away what tools have left behind, and brings the image's own records in order.

# forget PATH...: removes what the base does not have.
forget() {
    for path in "$@"; do
        if [ -d "$path" ] && [ ! -L "$path" ] && [ -d "$base$path" ]; then
            forget "$path"/* "$path"/.[!.]*
        elif [ ! -e "$base$path" ] && [ ! -L "$base$path" ]; then
            rm -rf -- "$path"
        fi
    done
}

clean_up() {
    rm -f /etc/.pwd.lock /etc/passwd- /etc/group- /etc/shadow- /etc/gshadow- /etc/subuid- /etc/subgid-
    forget /etc/machine-id /var/lib/dbus/machine-id
    forget /var/cache/dnf /var/cache/libdnf5 /var/cache/yum /var/cache/ldconfig /var/lib/dnf /var/lib/yum /var/tmp
    forget /var/log/dnf* /var/log/hawkey.log /var/log/yum.log /var/log/rpm-ostree* /var/lib/systemd/catalog /root/.rpmdb /root/.cache
}

# Python writes down what it has compiled beside what it runs, with times that are not the image's.
drop_compiled() {
    find /usr -xdev -name '*.pyc' -newer "$state/began" > "$state/compiled" || :
    while IFS= read -r file; do
        if [ -e "$base$file" ]; then
            cp -p -- "$base$file" "$file"
        elif ! rpm -qf -- "$file" > /dev/null 2>&1; then
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
