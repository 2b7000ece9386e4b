#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Pictures of every page: light, dark, small, twice as fine, German. usage: packaging/screenshots.sh BUILD FOLDER
set -eu
program=$1/tests/screenshots
folder=$2
$program "$folder" light light en 1440x900
$program "$folder" dark dark en 1440x900
$program "$folder" small light en 1280x800
$program "$folder" german light de 1440x900
QT_SCALE_FACTOR=2 $program "$folder" fine light en 1440x900
