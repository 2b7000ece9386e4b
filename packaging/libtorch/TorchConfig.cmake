# SPDX-License-Identifier: GPL-3.0-or-later
# find_package(Torch) for a LibTorch in THAW_LIBTORCH: the folder of a Python wheel or of an official archive.
#
# The configuration those bring along insists on a CUDA toolkit whenever the build supports CUDA; a program that uses
# torch's own interface needs none. Enters as: -DTorch_DIR=packaging/libtorch -DTHAW_LIBTORCH=/path/to/torch
set(Torch_FOUND FALSE)
if(NOT EXISTS "${THAW_LIBTORCH}/lib/libtorch.so")
    set(Torch_NOT_FOUND_MESSAGE "THAW_LIBTORCH is '${THAW_LIBTORCH}', which holds no lib/libtorch.so.")
    return()
endif()

find_package(Threads REQUIRED)
if(NOT TARGET torch)
    set(thaw_torch_includes "${THAW_LIBTORCH}/include" "${THAW_LIBTORCH}/include/torch/csrc/api/include")
    set(thaw_torch_definitions _GLIBCXX_USE_CXX11_ABI=1)
    # Gloo, by which processes share work, is inside of libtorch_cpu.so. Its headers are not beside the others, and what
    # c10d's need of them is declared by us.
    execute_process(
        COMMAND grep -qaF _ZN4c10d16ProcessGroupGloo19createDefaultDevice "${THAW_LIBTORCH}/lib/libtorch_cpu.so"
        RESULT_VARIABLE thaw_torch_lacks_gloo OUTPUT_QUIET ERROR_QUIET)
    if(thaw_torch_lacks_gloo EQUAL 0)
        list(APPEND thaw_torch_definitions USE_C10D_GLOO)
        if(NOT EXISTS "${THAW_LIBTORCH}/include/gloo/context.h")
            list(PREPEND thaw_torch_includes "${CMAKE_CURRENT_LIST_DIR}/gloo_declarations")
        endif()
    else()
        message(STATUS "This LibTorch has no Gloo: several processes cannot share a run.")
    endif()
    add_library(torch INTERFACE IMPORTED)
    set_target_properties(torch PROPERTIES
        INTERFACE_INCLUDE_DIRECTORIES "${thaw_torch_includes}"
        INTERFACE_COMPILE_DEFINITIONS "${thaw_torch_definitions}")
    # The device libraries register themselves when loaded and are called by nobody: the linker must not drop them. A
    # program that is to start with any build of this version names none of them; libtorch.so brings those it has.
    set(thaw_torch_libraries)
    set(thaw_torch_names torch torch_cpu c10)
    if(NOT THAW_PORTABLE)
        list(APPEND thaw_torch_names torch_cuda c10_cuda torch_hip c10_hip)
    endif()
    foreach(name ${thaw_torch_names})
        if(EXISTS "${THAW_LIBTORCH}/lib/lib${name}.so")
            list(APPEND thaw_torch_libraries "${THAW_LIBTORCH}/lib/lib${name}.so")
        endif()
    endforeach()
    set_property(TARGET torch PROPERTY INTERFACE_LINK_LIBRARIES
        "-Wl,--no-as-needed" ${thaw_torch_libraries} "-Wl,--as-needed" Threads::Threads)
endif()
set(TORCH_LIBRARIES torch)
set(Torch_FOUND TRUE)
