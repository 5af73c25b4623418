# One test program per folder of tests/, and per room inside tests/unit.

# tests/support/*.cpp: what every test program may use, such as a PostgreSQL server of its own. It links no room above db,
# so that the unit tests of a lower room do not wait for the upper ones to compile.
file(GLOB support_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/support/*.cpp)
list(FILTER support_sources EXCLUDE REGEX "/office\\.cpp$")
add_library(tandem_test_support STATIC ${support_sources})
target_link_libraries(tandem_test_support PUBLIC tandem_db GTest::gmock GTest::gtest_main)
target_include_directories(tandem_test_support PUBLIC ${CMAKE_SOURCE_DIR})

# The office of tests/support needs the upper rooms, so it is a library of its own: mold takes a member of an archive also
# for the sake of inline functions that others define, too.
if(EXISTS ${CMAKE_SOURCE_DIR}/tests/support/office.cpp)
  add_library(tandem_test_office STATIC tests/support/office.cpp)
  target_link_libraries(tandem_test_office PUBLIC tandem_test_support tandem_desk)
  set(office tandem_test_office)
endif()

# tests/<folder>/**/*.cpp -> test_<name>, labelled <label>; links the room `library` and what lies below it.
function(test_program name folder label library)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${folder}/*.cpp)
  if(sources)
    add_executable(test_${name} ${sources})
    target_link_libraries(test_${name} PRIVATE tandem_test_support ${library})
    target_compile_definitions(test_${name} PRIVATE TANDEM_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    if(TANDEM_SANITIZE)
      # The product is what is watched. Expectations unoptimised and without checks of their own compile three times as fast.
      target_compile_options(test_${name} PRIVATE -O0 -fno-sanitize=undefined)
    elseif(TANDEM_SANITIZE_THREADS)
      target_compile_options(test_${name} PRIVATE -O0)
    endif()
    add_test(NAME ${name} COMMAND test_${name})
    set_tests_properties(${name} PROPERTIES LABELS ${label} TIMEOUT 900)
  endif()
endfunction()

# The office and the portal of these programs open one database; they run once on each kind.
function(also_on_postgres name)
  if(TARGET test_${name})
    add_test(NAME ${name}_on_postgres COMMAND test_${name})
    set_tests_properties(${name}_on_postgres PROPERTIES LABELS ${name} TIMEOUT 900
                         ENVIRONMENT TANDEM_TEST_DATABASE=postgres)
  endif()
endfunction()

foreach(room base db http mail files jobs records access operations live)
  test_program(unit_${room} unit/${room} unit tandem_${room})
endforeach()
foreach(room desk server)
  test_program(unit_${room} unit/${room} unit "${office};tandem_${room}")
endforeach()
test_program(rules rules rules "${office};tandem_server")
test_program(api api api "${office};tandem_server")
also_on_postgres(rules)
also_on_postgres(api)
test_program(simulation simulation simulation "${office};tandem_server")
if(TARGET test_simulation)
  # It measures leases and kills nodes: a neighbour that takes the machine would look like a dead one.
  set_tests_properties(simulation PROPERTIES RUN_SERIAL TRUE)
endif()
test_program(house house house tandem_base)
