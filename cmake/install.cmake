# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(chatwire_config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/chatwire)

install(TARGETS ${CHATWIRE_LEVELS}
    EXPORT chatwireTargets
    FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
    FILE_SET definitions DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT chatwireTargets NAMESPACE chatwire:: DESTINATION ${chatwire_config_dir})

configure_package_config_file(cmake/chatwireConfig.cmake.in ${PROJECT_BINARY_DIR}/chatwireConfig.cmake
    INSTALL_DESTINATION ${chatwire_config_dir}
    NO_SET_AND_CHECK_MACRO)
# Header-only, and no word size in it; before 1.0 a minor version may break.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/chatwireConfigVersion.cmake
    COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES ${PROJECT_BINARY_DIR}/chatwireConfig.cmake ${PROJECT_BINARY_DIR}/chatwireConfigVersion.cmake
    DESTINATION ${chatwire_config_dir})
install(FILES LICENSE_1_0.txt DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/chatwire)
