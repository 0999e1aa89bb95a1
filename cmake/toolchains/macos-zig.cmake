# What both macOS targets share; POLYCORE_MACOS_ARCHITECTURE is set.
set(CMAKE_SYSTEM_NAME Darwin)
set(CMAKE_SYSTEM_VERSION 20.0)
if(POLYCORE_MACOS_ARCHITECTURE STREQUAL aarch64)
  set(CMAKE_SYSTEM_PROCESSOR arm64)
else()
  set(CMAKE_SYSTEM_PROCESSOR x86_64)
  set(CMAKE_C_FLAGS_INIT -mevex512) # zig takes 512-bit registers away from a plain x86-64, AVX-512 named or not
endif()

if(DEFINED ENV{XDG_CACHE_HOME})
  set(POLYCORE_CACHE $ENV{XDG_CACHE_HOME}/polycore)
else()
  set(POLYCORE_CACHE $ENV{HOME}/.cache/polycore)
endif()
if(POLYCORE_MACOS_ARCHITECTURE STREQUAL x86_64)
  set(CMAKE_C_STANDARD_LIBRARIES ${POLYCORE_CACHE}/macos/x86_64/lib/builtins.o)
endif()
set(CMAKE_C_COMPILER ${POLYCORE_CACHE}/zig/zig cc)
set(CMAKE_C_COMPILER_TARGET ${POLYCORE_MACOS_ARCHITECTURE}-macos.11.0)
set(CMAKE_AR ${POLYCORE_CACHE}/zig/zig-ar)
set(CMAKE_RANLIB ${POLYCORE_CACHE}/zig/zig-ranlib)

# No SDK: the compiler has the headers, and -isysroot and -mmacosx-version-min would contradict its target.
set(CMAKE_OSX_SYSROOT "" CACHE STRING "" FORCE)
set(CMAKE_OSX_DEPLOYMENT_TARGET "" CACHE STRING "" FORCE)
set(CMAKE_HAVE_LIBC_PTHREAD ON)

set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(ENV{PKG_CONFIG_LIBDIR} ${POLYCORE_CACHE}/macos/${POLYCORE_MACOS_ARCHITECTURE}/lib/pkgconfig)
