# SPDX-License-Identifier: GPL-3.0-or-later
# `cmake --install build/release --prefix /usr/local`: programs, embedded model, desktop entry, icon.
include(GNUInstallDirs)

foreach(program thaw thaw-cli)
    if(TARGET ${program})
        # A LibTorch outside the system's folders is found from the installed place too.
        set_target_properties(${program} PROPERTIES INSTALL_RPATH_USE_LINK_PATH ON)
        install(TARGETS ${program} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
    endif()
endforeach()

# core/io/resources.cpp looks in ../share/thaw beside the program.
install(DIRECTORY ${CMAKE_SOURCE_DIR}/resources/models DESTINATION ${CMAKE_INSTALL_DATADIR}/thaw)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/resources/gallery DESTINATION ${CMAKE_INSTALL_DATADIR}/thaw)
install(PROGRAMS ${CMAKE_SOURCE_DIR}/packaging/export_features.py DESTINATION ${CMAKE_INSTALL_DATADIR}/thaw)
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE ${CMAKE_SOURCE_DIR}/README.md ${CMAKE_SOURCE_DIR}/CHANGELOG.md
    DESTINATION ${CMAKE_INSTALL_DOCDIR})

if(THAW_GUI)
    install(FILES ${CMAKE_CURRENT_LIST_DIR}/io.github.thaw.Thaw.desktop
        DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
    install(FILES ${CMAKE_CURRENT_LIST_DIR}/io.github.thaw.Thaw.metainfo.xml
        DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
    install(FILES ${CMAKE_SOURCE_DIR}/resources/icons/thaw.svg RENAME io.github.thaw.Thaw.svg
        DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
    install(FILES ${CMAKE_SOURCE_DIR}/resources/icons/thaw-16.svg RENAME io.github.thaw.Thaw.svg
        DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/16x16/apps)
endif()
