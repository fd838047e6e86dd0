# Units. What is enabled is enabled by a link in the image's own folder: presets act only on a machine's very first boot, and
# links in /etc are the machine's to change.

vendor_folder() {
    echo "/usr/lib/systemd/$1"
}

# enable_unit SCOPE UNIT: systemctl decides which links the unit asks for, in a root of its own that has nothing but units.
enable_unit() {
    vendor=$(vendor_folder "$1")
    machine=/etc/systemd/$1
    [ "$(readlink "$machine/$2" 2>/dev/null)" != /dev/null ] || rm "$machine/$2"
    root=$state/units
    rm -rf "$root"
    mkdir -p "$root/usr/lib/systemd" "$root$machine"
    cp -a "$vendor" "$root/usr/lib/systemd/"
    [ ! -d "$machine" ] || find "$machine" -maxdepth 1 -type f -exec cp -a {} "$root$machine/" \;
    (cd "$root$machine" && find . -type f | sort) > "$state/units.own"
    if [ "$1" = user ]; then
        systemctl --root="$root" --global enable "$2" || fail "the unit $2 cannot be enabled"
    else
        systemctl --root="$root" enable "$2" || fail "the unit $2 cannot be enabled"
    fi
    (cd "$root$machine" && find . -type l) | while read -r link; do
        link=${link#./}
        target=$(readlink "$root$machine/$link")
        case $link in
            */*)
                mkdir -p "$vendor/${link%/*}"
                if [ -e "$vendor/${target##*/}" ]; then
                    ln -sfn "../${target##*/}" "$vendor/$link"
                else
                    ln -sfn "$machine/${target##*/}" "$vendor/$link"
                fi
                ;;
            *)
                ln -sfn "$vendor/${target##*/}" "$vendor/$link"
                ;;
        esac
    done
    rm -rf "$root"
}

# disable_unit SCOPE UNIT
disable_unit() {
    vendor=$(vendor_folder "$1")
    if [ "$1" = user ]; then
        systemctl --root=/ --global disable "$2" || fail "the unit $2 cannot be disabled"
    else
        systemctl --root=/ disable "$2" || fail "the unit $2 cannot be disabled"
    fi
    find "$vendor" -type l \( -name "$2" -o -lname "*/$2" \) | while read -r link; do
        rm "$link"
        rmdir "${link%/*}" 2>/dev/null || :
    done
}

# preset_unit SCOPE UNIT: as the distribution's presets have it.
preset_unit() {
    if [ "$1" = user ]; then
        systemctl --root=/ --global preset "$2" || fail "the presets of the unit $2 cannot be carried out"
    else
        systemctl --root=/ preset "$2" || fail "the presets of the unit $2 cannot be carried out"
    fi
}

# mask_unit SCOPE UNIT
mask_unit() {
    mkdir -p "/etc/systemd/$1"
    ln -sfn /dev/null "/etc/systemd/$1/$2"
}
