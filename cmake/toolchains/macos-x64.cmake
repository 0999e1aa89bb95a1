# macOS on x86-64 from Linux, by what tests/cross/macos/toolchain.sh fetched: compiled and linked against stubs, never run.
set(POLYCORE_MACOS_ARCHITECTURE x86_64)
include(${CMAKE_CURRENT_LIST_DIR}/macos-zig.cmake)
