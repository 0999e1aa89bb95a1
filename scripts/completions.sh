#!/usr/bin/env bash
# Writes the shells' completions from what the program's help says. usage: completions.sh POLYCORE FOLDER
# shellcheck disable=SC2016 # what it prints is for other shells to expand
set -eu
program=$1
folder=$2
commands="devices patches render bench calibrate trace"

# rows COMMAND: "--option|values|documentation" for each option of a command ("live": of none), values separated by spaces.
rows() {
    local command=$1
    [ "$command" != live ] || command=
    # shellcheck disable=SC2086 # no command is no argument
    "$program" $command --help | awk '
        function flush() { # awk of Debian knows no {20,}, hence the spaces below
            if (option == "") return
            values = ""
            if (match(text, /One of: [^.]*\./)) values = substr(text, RSTART + 8, RLENGTH - 9)
            gsub(/,/, "", values)
            sub(/\. .*/, "", text); sub(/\.$/, "", text); gsub(/[`'"'"'|:\[\]]/, "", text)
            print option "|" values "|" text
            option = ""
        }
        /^ +(-[a-z], )?--[a-z-]+/ {
            flush()
            match($0, /--[a-z-]+/); option = substr($0, RSTART, RLENGTH); text = substr($0, 27); next
        }
        /^                    / && option != "" { sub(/^ +/, ""); text = text " " $0; next }
        { flush() }
        END { flush() }'
}

# The names that bench takes.
benchmarks() {
    "$program" bench --help | awk '/^Benchmarks:/ { listed = 1; next } listed && /^  [a-z]/ { printf "%s%s", before, $1; before = " " }'
}

bash_completion() {
    echo '# Completes the arguments of polycore. Written by scripts/completions.sh.'
    echo '_polycore() {'
    echo '    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} options'
    echo '    case $before in'
    for command in live $commands; do rows "$command"; done | sort -u | while IFS='|' read -r option values _; do
        [ -z "$values" ] || echo "    $option) mapfile -t COMPREPLY < <(compgen -W '$values' -- \"\$word\"); return ;;"
    done
    echo '    esac'
    echo '    case ${COMP_WORDS[1]} in'
    for command in $commands; do
        local names=
        [ "$command" != bench ] || names="$(benchmarks) "
        echo "    $command) options='$names$(rows "$command" | cut -d'|' -f1 | tr '\n' ' ' | sed 's/ $//')' ;;"
    done
    echo "    *) options='$commands $(rows live | cut -d'|' -f1 | tr '\n' ' ' | sed 's/ $//')' ;;"
    echo '    esac'
    echo '    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")'
    echo '}'
    echo 'complete -o default -F _polycore polycore'
}

zsh_completion() {
    echo '#compdef polycore'
    echo '# Completes the arguments of polycore. Written by scripts/completions.sh.'
    echo '_polycore() {'
    echo '    local -a options'
    echo "    local operand='*:file:_files'"
    echo '    case $words[2] in'
    for command in $commands live; do
        [ "$command" != live ] && echo "    $command) options=(" || echo '    *) options=('
        rows "$command" | while IFS='|' read -r option values text; do
            echo "        '${option}[$text]${values:+:value:($values)}'"
        done
        [ "$command" != bench ] && echo '    ) ;;' || echo "    ) operand='*:benchmark:($(benchmarks))' ;;"
    done
    echo '    esac'
    echo "    (( CURRENT == 2 )) && compadd $commands"
    echo "    _arguments -s \$options \$operand"
    echo '}'
    echo '_polycore "$@"'
}

fish_completion() {
    echo '# Completes the arguments of polycore. Written by scripts/completions.sh.'
    echo "complete -c polycore -n __fish_use_subcommand -a '$commands'"
    for command in live $commands; do
        [ "$command" != bench ] || echo "complete -c polycore -n '__fish_seen_subcommand_from bench' -f -a '$(benchmarks)'"
        local when="__fish_seen_subcommand_from $command"
        [ "$command" != live ] || when=__fish_use_subcommand
        rows "$command" | while IFS='|' read -r option values text; do
            echo "complete -c polycore -n '$when' -l ${option#--}${values:+ -x -a '$values'} -d '$text'"
        done
    done
}

mkdir -p "$folder"
bash_completion >"$folder/polycore.bash"
zsh_completion >"$folder/_polycore"
fish_completion >"$folder/polycore.fish"
