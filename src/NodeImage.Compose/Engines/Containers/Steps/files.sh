# Files of the project. Modes and owners are said here, because version control keeps neither.

# The place that a path leads to when the links on the way are followed, but not one at its end.
place_of() {
    folder=$(realpath -m -- "${1%/*}/")
    mkdir -p -- "$folder"
    echo "${folder%/}/${1##*/}"
}

# put_folder MODE OWNER GROUP PATH: a folder that is there already keeps what its package says of it.
put_folder() {
    [ -d "$4" ] && return 0
    place=$(place_of "$4")
    [ -L "$place" ] && place=$(realpath -m -- "$place")
    install -d -m "$1" -o "$2" -g "$3" -- "$place"
}

# put_file MODE OWNER GROUP SOURCE PATH
put_file() {
    place=$(place_of "$5")
    if [ -d "$place" ] && [ ! -L "$place" ]; then
        fail "the file $5 cannot be put into the image: there is a folder"
    fi
    rm -f -- "$place"
    install -m "$1" -o "$2" -g "$3" -- "$here/$4" "$place"
}

# put_link OWNER GROUP TARGET PATH
put_link() {
    place=$(place_of "$4")
    if [ -d "$place" ] && [ ! -L "$place" ]; then
        fail "the link $4 cannot be put into the image: there is a folder"
    fi
    ln -sfn -- "$3" "$place"
    chown -h "$1:$2" -- "$place"
}
