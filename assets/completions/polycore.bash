# Completes the arguments of polycore. Written by scripts/completions.sh.
_polycore() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} options
    case $before in
    --pin) mapfile -t COMPREPLY < <(compgen -W 'auto on off' -- "$word"); return ;;
    --quality) mapfile -t COMPREPLY < <(compgen -W 'draft live offline' -- "$word"); return ;;
    --simd) mapfile -t COMPREPLY < <(compgen -W 'scalar sse neon avx2 avx512 auto' -- "$word"); return ;;
    --wait) mapfile -t COMPREPLY < <(compgen -W 'park predict spin' -- "$word"); return ;;
    esac
    case ${COMP_WORDS[1]} in
    devices) options='--json --driver-messages --help --version' ;;
    patches) options='--json --help --version' ;;
    render) options='--rate --block --workers --simd --wait --pin --patch --polyphony --quality --seconds --output --tail --seed --help --version' ;;
    bench) options='start memory kernel render scaling dispatch stall polyphony window --seconds --json --help --version' ;;
    calibrate) options='--quality --seconds --json --help --version' ;;
    trace) options='--audio-api --device --rate --block --workers --simd --wait --pin --patch --polyphony --quality --midi --demo --output --worst --load --driver-messages --help --version' ;;
    *) options='devices patches render bench calibrate trace --audio-api --device --rate --block --workers --simd --wait --pin --patch --polyphony --quality --seconds --midi --headless --demo --learn --record --verbose --driver-messages --help --version' ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
}
complete -o default -F _polycore polycore
