# Reads lines "A B WHY": A needs B, as WHY tells. Prints a shortest circle through each A that needs itself in the end, and fails when there is one.
# Any awk will do.
{
    from = $1
    to = $2
    if (from == to || (from, to) in why)
        next
    sub(/^[^ ]+ [^ ]+ /, "")
    why[from, to] = $0
    if (!(from in needs))
        rooms[++count] = from
    needs[from] = needs[from] " " to
}

# Looks from START on, nearest first, until it is met again; reached_by then has the room before each room on the way.
function leads_back(start, queue, head, tail, room, next_rooms, n, i) {
    split("", reached_by)
    queue[tail = 1] = start
    for (head = 1; head <= tail; head++) {
        room = queue[head]
        n = split(needs[room], next_rooms, " ")
        for (i = 1; i <= n; i++) {
            if (next_rooms[i] in reached_by)
                continue
            reached_by[next_rooms[i]] = room
            if (next_rooms[i] == start)
                return 1
            queue[++tail] = next_rooms[i]
        }
    }
    return 0
}

# The circle that leads_back has found, begun at its first room of the alphabet, so that it looks the same from whichever room it was found.
function circle_of(start, first, room, before, text) {
    first = start
    for (room = reached_by[start]; room != start; room = reached_by[room])
        if (room < first)
            first = room
    text = first
    reasons = ""
    room = first
    do {
        before = reached_by[room]
        text = before " -> " text
        reasons = "    " why[before, room] "\n" reasons
        room = before
    } while (room != first)
    return text
}

END {
    for (r = 1; r <= count; r++) {
        if (!leads_back(rooms[r]))
            continue
        circle = circle_of(rooms[r])
        if (!(circle in told))
            printf "circle: %s\n%s", circle, reasons
        told[circle] = found = 1
    }
    exit found
}
