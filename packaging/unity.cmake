# SPDX-License-Identifier: GPL-3.0-or-later
# Compiling a few files together: the headers, and the templates that LibTorch's headers leave to be instantiated in every
# file (over four seconds each), are paid for once a group.

# Groups of at most `size` sources. A group never holds files of two folders, so a name in an unnamed namespace has to be
# unique within its folder only; tests/architecture sees to that.
function(thaw_unity target size)
    if(NOT THAW_UNITY)
        return()
    endif()
    get_target_property(sources ${target} SOURCES)
    list(FILTER sources INCLUDE REGEX "\\.cpp$")
    list(SORT sources)
    set(folders)
    foreach(source ${sources})
        get_filename_component(path ${source} ABSOLUTE)
        file(RELATIVE_PATH path ${CMAKE_SOURCE_DIR} ${path})
        get_filename_component(folder ${path} DIRECTORY)
        string(MAKE_C_IDENTIFIER "${folder}" folder)
        if(NOT folder IN_LIST folders)
            list(APPEND folders ${folder})
            set(count_${folder} 0)
        endif()
        math(EXPR group "${count_${folder}} / ${size}")
        math(EXPR count_${folder} "${count_${folder}} + 1")
        set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${folder}_${group})
    endforeach()
    # A source that is included looks like a header, whose unnamed namespaces would be a mistake.
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()
