# Files that travel inside the binary, as C++ byte arrays made at build time.

# db/migrations/NNNN_what.sql -> the table embedded_migrations() of db/migrate.h.
function(embed_migrations target)
  file(GLOB sql CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/db/migrations/*.sql)
  set(out ${CMAKE_BINARY_DIR}/generated/embedded_migrations.cpp)
  add_custom_command(
    OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} "-DFILES=${sql}" -P ${CMAKE_SOURCE_DIR}/cmake/embed_migrations.cmake
    DEPENDS ${sql} ${CMAKE_SOURCE_DIR}/cmake/embed_migrations.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()

# web/src/locales/LANGUAGE/crm.json -> the table embedded_texts() of crm/choice_words.h: what the screens call choices.
function(embed_choice_words target)
  set(languages en ja pt zh)
  set(out ${CMAKE_BINARY_DIR}/generated/embedded_choice_words.cpp)
  set(root ${CMAKE_SOURCE_DIR}/web/src/locales)
  list(TRANSFORM languages PREPEND ${root}/ OUTPUT_VARIABLE files)
  list(TRANSFORM files APPEND /crm.json)
  add_custom_command(
    OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DROOT=${root} "-DLANGUAGES=${languages}" -P ${CMAKE_SOURCE_DIR}/cmake/embed_choice_words.cmake
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/cmake/embed_choice_words.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()

# web/dist/** -> the table embedded_web() of server/embedded_web.h, gzip variants included. Empty without web/dist.
function(embed_web target)
  set(out ${CMAKE_BINARY_DIR}/generated/embedded_web.S)
  set(table ${CMAKE_BINARY_DIR}/generated/embedded_web.cpp)
  set(files "")
  if(TANDEM_WEB)
    file(GLOB_RECURSE files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/dist/*)
  endif()
  add_custom_command(
    OUTPUT ${out} ${table}
    COMMAND ${CMAKE_COMMAND} -DASM=${out} -DTABLE=${table} -DROOT=${CMAKE_SOURCE_DIR}/web/dist "-DFILES=${files}"
            -P ${CMAKE_SOURCE_DIR}/cmake/embed_web.cmake
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/cmake/embed_web.cmake
    VERBATIM)
  set_source_files_properties(${out} PROPERTIES OBJECT_DEPENDS "${files}")
  target_sources(${target} PRIVATE ${out} ${table})
endfunction()
