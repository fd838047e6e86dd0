# Gives a new tree the shape of a bootable image: what a machine keeps lies in /var and is linked from where programs look
# for it, and what the running system fills is empty.

# move_to FOLDER PLACE TARGET: what is in the folder moves to the place, and a link stands where it was.
move_to() {
    if [ -d "$1" ] && [ ! -L "$1" ]; then
        [ -e "$2" ] || install -d -m "$(stat -c %a "$1")" -o "$(stat -c %u "$1")" -g "$(stat -c %g "$1")" "$2"
        cp -a "$1/." "$2/"
        rm -rf "$1"
    fi
    [ -L "$1" ] || ln -s "$3" "$1"
}

shape_tree() {
    if [ -d /boot ]; then
        (cd /boot && find . ! -type d) | while IFS= read -r file; do
            mkdir -p "/usr/lib/ostree-boot/${file%/*}"
            mv "/boot/$file" "/usr/lib/ostree-boot/$file"
        done
        find /boot -mindepth 1 -delete
    fi
    mkdir -p /boot /sysroot /proc /sys /dev /run /tmp /var
    chmod 1777 /tmp
    move_to /home /var/home var/home
    move_to /root /var/roothome var/roothome
    move_to /srv /var/srv var/srv
    move_to /mnt /var/mnt var/mnt
    move_to /opt /var/opt var/opt
    move_to /usr/local /var/usrlocal ../var/usrlocal
    rm -rf /media
    ln -s run/media /media
    [ -L /ostree ] || ln -s sysroot/ostree /ostree

    if [ ! -e /usr/lib/ostree/prepare-root.conf ]; then
        mkdir -p /usr/lib/ostree
        printf '[composefs]\nenabled = true\n\n[sysroot]\nreadonly = true\n' > /usr/lib/ostree/prepare-root.conf
    fi
}

# The database of packages belongs to the image, and the places where it used to be lead there.
place_database() {
    mkdir -p /usr/lib/rpm/macros.d /usr/share/rpm /usr/lib/sysimage /var/lib
    for folder in /usr/lib/sysimage/rpm /var/lib/rpm; do
        if [ -d "$folder" ] && [ ! -L "$folder" ]; then
            [ -e /usr/share/rpm/rpmdb.sqlite ] || cp -a "$folder/." /usr/share/rpm/
            rm -rf "$folder"
        fi
    done
    echo '%_dbpath /usr/share/rpm' > /usr/lib/rpm/macros.d/macros.nodeimage
    ln -sfn ../../share/rpm /usr/lib/sysimage/rpm
    ln -sfn ../../usr/share/rpm /var/lib/rpm
}

# state_version VERSION: in os-release(5).
state_version() {
    [ -f /usr/lib/os-release ] || return 0
    sed -e '/^OSTREE_VERSION=/d' -e '/^IMAGE_VERSION=/d' -e '/^$/d' /usr/lib/os-release > "$state/os-release"
    printf "OSTREE_VERSION='%s'\nIMAGE_VERSION='%s'\n" "$1" "$1" >> "$state/os-release"
    replace /usr/lib/os-release < "$state/os-release"
}
