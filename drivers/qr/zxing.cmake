# drivers_zxing: ZXing-C++ as its includes <ZXing/…> expect it. Debian's, by pkg-config; a newer one is
# built from its source when ZXING_SOURCE_DIR names it.
set(ZXING_SOURCE_DIR "" CACHE PATH "Unpacked ZXing-C++ >= 2.3 with all its submodules; empty: Debian's")

# A function, so that what is set for that project is not set for ours.
function(cw_zxing_from source)
  foreach(file CMakeLists.txt core/src/ReadBarcode.h)
    if(NOT EXISTS "${source}/${file}")
      message(FATAL_ERROR "ZXING_SOURCE_DIR has no ${file}: ${source} is no unpacked ZXing-C++. "
                          "Leave it empty for the package libzxing-dev.")
    endif()
  endforeach()
  set(BUILD_SHARED_LIBS OFF)
  set(ZXING_READERS ON)
  set(ZXING_WRITERS ON CACHE STRING "Training draws codes for its emulated camera")
  foreach(extra EXAMPLES BLACKBOX_TESTS UNIT_TESTS PYTHON_MODULE C_API)
    set(ZXING_${extra} OFF)
  endforeach()
  add_subdirectory("${source}" ${CMAKE_BINARY_DIR}/zxing EXCLUDE_FROM_ALL SYSTEM)
  # Only an installed ZXing has its headers in a folder of that name.
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/zxing_headers)
  file(CREATE_LINK "${source}/core/src" ${CMAKE_BINARY_DIR}/zxing_headers/ZXing SYMBOLIC)
  add_library(drivers_zxing INTERFACE)
  target_include_directories(drivers_zxing SYSTEM INTERFACE ${CMAKE_BINARY_DIR}/zxing_headers)
  target_link_libraries(drivers_zxing INTERFACE ZXing::ZXing)
endfunction()

if(ZXING_SOURCE_DIR)
  cw_zxing_from("${ZXING_SOURCE_DIR}")
else()
  pkg_check_modules(ZXING REQUIRED IMPORTED_TARGET GLOBAL zxing)
  add_library(drivers_zxing INTERFACE)
  target_link_libraries(drivers_zxing INTERFACE PkgConfig::ZXING)
endif()
# 1.4 gives text as UTF-8 only to who asks for it, as every later version does.
target_compile_definitions(drivers_zxing INTERFACE ZX_USE_UTF8)
