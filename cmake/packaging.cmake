# What `cmake --install` adds to the program, and the packages that CPack makes of it.
install(DIRECTORY ${PROJECT_SOURCE_DIR}/assets/patches DESTINATION ${CMAKE_INSTALL_DATADIR}/polycore)
install(FILES ${PROJECT_SOURCE_DIR}/assets/demo.mid DESTINATION ${CMAKE_INSTALL_DATADIR}/polycore)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
if(NOT WIN32)
  install(FILES ${PROJECT_SOURCE_DIR}/assets/completions/polycore.bash
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME polycore)
  install(FILES ${PROJECT_SOURCE_DIR}/assets/completions/_polycore DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
  install(FILES ${PROJECT_SOURCE_DIR}/assets/completions/polycore.fish
    DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endif()

if(WIN32 AND NOT CMAKE_CROSSCOMPILING)
  # A cross build is linked statically; MSYS2's libraries are DLLs and come along.
  install(TARGETS polycore RUNTIME_DEPENDENCIES
    PRE_EXCLUDE_REGEXES "^api-ms-" "^ext-ms-" POST_EXCLUDE_REGEXES ".*[Ss]ystem32.*" DIRECTORIES "$ENV{MINGW_PREFIX}/bin"
    RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

set(POLYCORE_MAINTAINER "The Polycore authors <polycore@localhost>" CACHE STRING "Who answers for a package: NAME <ADDRESS>")
set(POLYCORE_HOMEPAGE "" CACHE STRING "Where a package says that Polycore comes from")
set(CPACK_PACKAGE_NAME polycore)
set(CPACK_PACKAGE_VENDOR "The Polycore authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGE_FILE_NAME polycore-${PROJECT_VERSION}-${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_STRIP_FILES ON)
if(WIN32)
  set(CPACK_GENERATOR ZIP) # portable: to be unpacked anywhere
elseif(APPLE)
  # The package is the .app; `cmake --install` puts the program below the prefix as elsewhere.
  set(CONTENTS Polycore.app/Contents)
  install(PROGRAMS $<TARGET_FILE:polycore> DESTINATION ${CONTENTS}/MacOS COMPONENT bundle EXCLUDE_FROM_ALL)
  install(FILES ${PROJECT_SOURCE_DIR}/assets/icon/polycore.icns DESTINATION ${CONTENTS}/Resources
    COMPONENT bundle EXCLUDE_FROM_ALL)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/assets/patches DESTINATION ${CONTENTS}/Resources/polycore
    COMPONENT bundle EXCLUDE_FROM_ALL)
  # APPLE: the script may run elsewhere, with the tools that a Mac has.
  install(CODE "
    set(APPLE TRUE)
    set(BUNDLE \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/Polycore.app\")
    set(INFO_PLIST \"${PROJECT_SOURCE_DIR}/assets/packaging/macos/Info.plist.in\")
    set(PROJECT_VERSION ${PROJECT_VERSION})
    include(\"${PROJECT_SOURCE_DIR}/cmake/bundle.cmake\")"
    COMPONENT bundle EXCLUDE_FROM_ALL)
  set(CPACK_INSTALL_CMAKE_PROJECTS ${PROJECT_BINARY_DIR} Polycore bundle /)
  set(CPACK_GENERATOR DragNDrop)
else()
  set(CPACK_GENERATOR TGZ)
  find_program(POLYCORE_DPKG dpkg-shlibdeps)
  if(POLYCORE_DPKG)
    list(APPEND CPACK_GENERATOR DEB)
  endif()
  set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
  set(CPACK_DEBIAN_PACKAGE_MAINTAINER "${POLYCORE_MAINTAINER}")
  set(CPACK_DEBIAN_PACKAGE_HOMEPAGE "${POLYCORE_HOMEPAGE}")
  set(CPACK_DEBIAN_PACKAGE_SECTION sound)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
  set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-dejavu-core, rtkit")
endif()
include(CPack)
