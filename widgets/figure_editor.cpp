#include "widgets/figure_editor.h"
