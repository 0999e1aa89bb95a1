# Windows x86-64 from Linux: mingw-w64's GCC, the libraries that tests/cross/mingw/build.sh made, programs run under wine.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR AMD64)
set(CMAKE_C_COMPILER x86_64-w64-mingw32-gcc-posix)
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-posix)
set(CMAKE_RC_COMPILER x86_64-w64-mingw32-windres)

if(NOT POLYCORE_MINGW_PREFIX)
  if(DEFINED ENV{XDG_CACHE_HOME})
    set(POLYCORE_MINGW_PREFIX $ENV{XDG_CACHE_HOME}/polycore/mingw)
  else()
    set(POLYCORE_MINGW_PREFIX $ENV{HOME}/.cache/polycore/mingw)
  endif()
endif()
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES POLYCORE_MINGW_PREFIX)

set(CMAKE_FIND_ROOT_PATH /usr/x86_64-w64-mingw32 ${POLYCORE_MINGW_PREFIX})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(ENV{PKG_CONFIG_LIBDIR} ${POLYCORE_MINGW_PREFIX}/lib/pkgconfig)
set(PKG_CONFIG_ARGN --static)

# One file to copy: no DLL of the compiler's beside the program.
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static")

find_program(POLYCORE_WINE wine)
if(POLYCORE_WINE)
  set(CMAKE_CROSSCOMPILING_EMULATOR ${POLYCORE_WINE})
endif()
