# Accounts. With nss-altfiles those of the image stand in /usr/lib/passwd and /usr/lib/group, which the system's own tools
# read but never write: "usermod -a -G" of a group there says nothing and does nothing.

machine_groups='root wheel sudo systemd-journal adm'

uses_altfiles() {
    [ -f /etc/nsswitch.conf ] || return 1
    grep -Eq '^passwd:([^#]*[[:space:]])?altfiles' /etc/nsswitch.conf && grep -Eq '^group:([^#]*[[:space:]])?altfiles' /etc/nsswitch.conf
}

# Has all accounts stand in /etc, where tools change them, until close_accounts.
open_accounts() {
    uses_altfiles || return 0
    for file in passwd group; do
        cat "/etc/$file" > "$state/$file.etc"
        cat "/usr/lib/$file" > "$state/$file.usr" 2>/dev/null || : > "$state/$file.usr"
        awk -F: 'role == "etc" { here[$1] = 1; next } !($1 in here)' role=etc "$state/$file.etc" role=usr "$state/$file.usr" > "$state/$file.moved"
        cat "$state/$file.moved" >> "/etc/$file"
    done
}

# Puts accounts back to where they stood. New ones of the system go to /usr/lib.
close_accounts() {
    if uses_altfiles; then
        for file in passwd group; do
            opened=1
            [ -f "$state/$file.etc" ] || { opened=0; : > "$state/$file.etc"; }
            [ -f "$state/$file.usr" ] || cat "/usr/lib/$file" > "$state/$file.usr" 2>/dev/null || : > "$state/$file.usr"
            : > "$state/$file.new.etc"
            : > "$state/$file.new.usr"
            awk -F: -v OFS=: -v kind="$file" -v opened="$opened" -v machine="$machine_groups" -v etc="$state/$file.new.etc" -v usr="$state/$file.new.usr" '
                BEGIN { n = split(machine, names, " "); for (i = 1; i <= n; i++) stays[names[i]] = 1; stays["root"] = 1 }
                role == "etc" { inEtc[$1] = 1; members[$1] = $4; next }
                role == "usr" { if (!($1 in line)) order[++count] = $1; line[$1] = $0; next }
                # A line for somebody in both files: whoever has joined joins in both.
                ($1 in inEtc) && ($1 in line) && kind == "group" {
                    m = split($4, now, ",")
                    split(line[$1], old, ":")
                    for (i = 1; i <= m; i++)
                        if (now[i] != "" && index("," members[$1] ",", "," now[i] ",") == 0 && index("," old[4] ",", "," now[i] ",") == 0)
                            old[4] = old[4] (old[4] == "" ? "" : ",") now[i]
                    line[$1] = old[1] ":" old[2] ":" old[3] ":" old[4]
                }
                ($1 in inEtc) { print > etc; next }
                opened && ($1 in line) { line[$1] = $0; next }
                NF >= 4 && ($3 < 1000 || $3 == 65534) && !(kind == "group" ? ($1 in stays) : $1 == "root") && $1 !~ /^[+#-]/ {
                    if (!($1 in line)) { fresh[++news] = $1; line[$1] = $0 }
                    next
                }
                { print > etc }
                END {
                    # In the order in which the name service has listed them.
                    for (i = 1; i <= news && !opened; i++) print line[fresh[i]] > usr
                    for (i = 1; i <= count; i++) print line[order[i]] > usr
                    for (i = 1; i <= news && opened; i++) print line[fresh[i]] > usr
                }
            ' role=etc "$state/$file.etc" role=usr "$state/$file.usr" role=now "/etc/$file"
            replace "/etc/$file" < "$state/$file.new.etc"
            [ -s "$state/$file.new.usr" ] && replace "/usr/lib/$file" < "$state/$file.new.usr"
            rm -f "$state/$file.etc" "$state/$file.usr"
        done
    fi
    settle_shadow passwd shadow "!:$((image_time / 86400))::::::"
    settle_shadow group gshadow '!::'
}

# Puts new accounts in their places after something has run that may have made some: what is there stays where it is.
place_accounts() {
    uses_altfiles || return 0
    for file in passwd group; do
        cat "$state/known.$file" > "$state/$file.etc"
        cat "/usr/lib/$file" > "$state/$file.usr" 2>/dev/null || : > "$state/$file.usr"
    done
    close_accounts
}

remember_accounts() {
    for file in passwd group; do
        cat "/etc/$file" > "$state/known.$file" 2>/dev/null || : > "$state/known.$file"
    done
}

# Only accounts of /etc have a line for their password, and a line that lets nobody in goes with its account.
settle_shadow() {
    [ -s "/etc/$2" ] || return 0
    awk -F: -v locked="$3" '
        role == "accounts" { if ($2 == "x") { wanted[$1] = 1; order[++count] = $1 } next }
        ($1 in wanted) || $2 !~ /^(\*|!|!!|!\*|x)$/ { print; had[$1] = 1 }
        END { for (i = 1; i <= count; i++) if (!(order[i] in had)) print order[i] ":" locked }
    ' role=accounts "/etc/$1" role=shadow "/etc/$2" > "$state/$2"
    replace "/etc/$2" < "$state/$2"
}

all_lines() {
    cat "$root/etc/$1" "$root/usr/lib/$1" 2>/dev/null || :
}

number_of() {
    all_lines "$1" | awk -F: -v name="$2" '$1 == name { print $3; exit }'
}

# The highest number of a system account that nobody has, as systemd-sysusers takes it.
free_number() {
    { all_lines passwd; all_lines group; } | awk -F: -v definitions="$root/etc/login.defs" '
        BEGIN {
            min = 101; max = 999
            while ((getline text < definitions) > 0) {
                split(text, words, " ")
                if (words[1] == "SYS_UID_MIN") min = words[2]
                if (words[1] == "SYS_UID_MAX") max = words[2]
            }
        }
        { used[$3] = 1 }
        END { for (i = max; i >= min; i--) if (!(i in used)) { print i; exit } }
    '
}

# The packages that scripts of others belong to find these accounts, so they are declared first. With $root they are those of
# a tree in a folder.

# declare_group NAME NUMBER: a group of that number, or of any where the number is empty.
declare_group() {
    number=$(number_of group "$1")
    if [ -n "$number" ]; then
        [ -z "$2" ] || [ "$2" = "$number" ] || fail "the group $1 is to have the number $2, and has $number"
        return 0
    fi
    number=$2
    [ -n "$number" ] || number=$(free_number)
    [ -n "$number" ] || fail "there is no number left for the group $1"
    owner=$(all_lines group | awk -F: -v number="$number" '$3 == number { print $1; exit }')
    [ -z "$owner" ] || fail "the group $1 is to have the number $number, which $owner has"
    echo "$1:x:$number:" >> "$root/etc/group"
}

# declare_user NAME NUMBER GROUP HOME SHELL
declare_user() {
    number=$(number_of passwd "$1")
    if [ -n "$number" ]; then
        [ -z "$2" ] || [ "$2" = "$number" ] || fail "the user $1 is to have the number $2, and has $number"
        return 0
    fi
    uid=$2
    [ -n "$uid" ] || uid=$(free_number)
    [ -n "$uid" ] || fail "there is no number left for the user $1"
    owner=$(all_lines passwd | awk -F: -v number="$uid" '$3 == number { print $1; exit }')
    [ -z "$owner" ] || fail "the user $1 is to have the number $uid, which $owner has"
    if [ -n "$3" ]; then
        gid=$(number_of group "$3")
        [ -n "$gid" ] || fail "the user $1 is to be of the group $3, and there is no such group"
    else
        taken=$(all_lines group | awk -F: -v number="$uid" '$3 == number { print $1; exit }')
        declare_group "$1" "$([ -n "$taken" ] || echo "$uid")"
        gid=$(number_of group "$1")
    fi
    echo "$1:x:$uid:$gid::$4:$5" >> "$root/etc/passwd"
}

# declare_member USER GROUP: in every file that the group stands in.
declare_member() {
    [ -n "$(number_of passwd "$1")" ] || fail "$1 is to be a member of $2, and there is no such user"
    [ -n "$(number_of group "$2")" ] || fail "$1 is to be a member of $2, and there is no such group"
    for file in /etc/group /usr/lib/group; do
        [ -f "$file" ] || continue
        awk -F: -v OFS=: -v user="$1" -v name="$2" '
            $1 == name && index("," $4 ",", "," user ",") == 0 { $4 = $4 ($4 == "" ? "" : ",") user }
            { print }
        ' "$file" > "$state/member"
        replace "$file" < "$state/member"
    done
}
