#!/usr/bin/env python3
"""Runs clang-tidy on every source of ours that a build compiled. usage: tidy.py CLANG_TIDY BUILD_FOLDER CACHE

A clean verdict is remembered in CACHE under a hash of all that it depends on: the tool, its settings, the file's commands, and what the
file includes, the system's headers too. The build must be up to date: its record of what each file included is used."""
import hashlib
import os
import re
import subprocess
import sys
import threading
import time

OURS = re.compile(r"(app|engine|platform|ui)/.*\.c")
REMEMBERED_SECONDS = 60 * 24 * 3600  # after its last use


def output(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout


def facts_of_files(folder):
    """For each of our files: its commands, and the hash of every file that compiling it read."""
    facts = {}
    hashes = {}
    for record in re.split(r"\n(?=\S)", output("cmake", "--build", folder, "--", "-t", "deps")):
        head, *read = record.rstrip().split("\n    ")
        read = [os.path.relpath(os.path.join(folder, path)) for path in read]
        if head.endswith("(VALID)") and read and OURS.fullmatch(read[0]):
            for path in read:
                if path not in hashes:
                    with open(path, "rb") as file:
                        hashes[path] = hashlib.sha256(file.read()).hexdigest()
            facts.setdefault(read[0], []).extend(hashes[path] for path in read)
    with open(f"{folder}/compile_commands.json", encoding="utf-8") as file:
        commands = file.read().replace(os.getcwd(), ".")
    for command, path in re.findall(r'"command": (.*),\n *"file": "\./(.*)"', commands):
        if path in facts:
            facts[path].append(command)
    return facts


def forget_old(cache):
    for entry in os.scandir(cache):
        if entry.stat().st_mtime < time.time() - REMEMBERED_SECONDS:
            os.remove(entry.path)


def main():
    tool, folder, cache = sys.argv[1:]
    os.makedirs(cache, exist_ok=True)
    forget_old(cache)
    with open(".clang-tidy", encoding="utf-8") as file:
        common = output(tool, "--version") + file.read()
    waiting = []
    facts = facts_of_files(folder)
    for path, own in sorted(facts.items()):
        stamp = f"{cache}/{hashlib.sha256(repr((common, path, own)).encode()).hexdigest()}"
        if os.path.exists(stamp):
            os.utime(stamp)
        else:
            waiting.append((path, stamp))
    print(f"{len(facts)} files, {len(facts) - len(waiting)} of them unchanged since they were found clean")
    jobs = iter(waiting)
    failed = []

    def work():
        for path, stamp in jobs:
            found = subprocess.run([tool, "--quiet", "-p", folder, path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            if found.returncode == 0:
                open(stamp, "w").close()
            else:
                failed.append(path)
                print(found.stdout, flush=True)

    workers = [threading.Thread(target=work) for _ in range(os.cpu_count() or 1)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    sys.exit(bool(failed) or not facts)


main()
