// How many pages a PDF has, as far as the emulated printer has to know: it counts page objects that
// stand in the open, as in PDF 1.4, which our papers are. Pure.
#pragma once

#include "base/bytes.hpp"

namespace drivers::printer {

int pages_of_pdf(base::ByteView document);  // 0 = no PDF, cut off, or nothing to be counted

}  // namespace drivers::printer
