# Makes the installed Polycore.app whole, at install time: the libraries beside the program, an Info.plist that asks for the macOS
# which the newest of them asks for, and a signature, without which arm64 runs nothing that was changed.
# Given: BUNDLE, the folder; INFO_PLIST, the template; PROJECT_VERSION.
include(BundleUtilities)
set(BU_CHMOD_BUNDLE_ITEMS ON) # Homebrew's libraries may not be written
fixup_bundle("${BUNDLE}/Contents/MacOS/polycore" "" "")

find_program(OTOOL otool REQUIRED)
file(GLOB binaries "${BUNDLE}/Contents/MacOS/*" "${BUNDLE}/Contents/Frameworks/*.dylib")
set(MACOS_OLDEST 0)
foreach(binary IN LISTS binaries)
  execute_process(COMMAND ${OTOOL} -l ${binary} OUTPUT_VARIABLE commands COMMAND_ERROR_IS_FATAL ANY)
  # LC_BUILD_VERSION has `minos`; older libraries have LC_VERSION_MIN_MACOSX with `version`.
  if(NOT commands MATCHES "(minos|LC_VERSION_MIN_MACOSX[^.]* version) ([0-9.]+)")
    message(FATAL_ERROR "${binary} does not say which macOS it needs")
  endif()
  if(CMAKE_MATCH_2 VERSION_GREATER MACOS_OLDEST)
    set(MACOS_OLDEST ${CMAKE_MATCH_2})
  endif()
endforeach()
configure_file(${INFO_PLIST} ${BUNDLE}/Contents/Info.plist @ONLY)

find_program(CODESIGN codesign)
if(CODESIGN)
  execute_process(COMMAND ${CODESIGN} --force --deep --sign - ${BUNDLE} COMMAND_ERROR_IS_FATAL ANY)
else()
  message(STATUS "${BUNDLE} is not signed: codesign is not to be had here")
endif()
