# embed_files(TARGET SYMBOL FILE...): puts files into the program as `const EmbeddedFile SYMBOL[]` and `const size_t SYMBOL_COUNT`,
# in the order given (app/files/embedded.h). FILEs are seen from the project's root.
# The same file is the script that writes the C source at build time: cmake -DSYMBOL=... -DOUTPUT=... -DFILES=a,b -P embed.cmake

function(embed_files target symbol)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.c)
  list(TRANSFORM ARGN PREPEND ${PROJECT_SOURCE_DIR}/ OUTPUT_VARIABLE files)
  list(JOIN files "," joined)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DSYMBOL=${symbol} -DOUTPUT=${output} -DFILES=${joined}
      -P ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${files} ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()

if(NOT CMAKE_SCRIPT_MODE_FILE)
  return()
endif()

string(REPLACE "," ";" FILES "${FILES}")
set(arrays "")
set(rows "")
set(count 0)
foreach(file IN LISTS FILES)
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)" "\\1\n" bytes "${bytes}")
  get_filename_component(name ${file} NAME)
  string(APPEND arrays "static const unsigned char FILE_${count}[] = {\n${bytes}0};\n")
  string(APPEND rows "    {\"${name}\", FILE_${count}, sizeof FILE_${count} - 1},\n")
  math(EXPR count "${count} + 1")
endforeach()
file(WRITE ${OUTPUT}
  "// Written by cmake/embed.cmake.\n#include \"app/files/embedded.h\"\n\n"
  "${arrays}\nconst EmbeddedFile ${SYMBOL}[] = {\n${rows}};\nconst size_t ${SYMBOL}_COUNT = ${count};\n")
