// Whether a paper that came from the centre is what it was said to be: its digest, that it is a
// PDF, and its pages. What is not is never printed. Pure.
#pragma once

#include "offline/questions/proof_question.hpp"

namespace app {

// PaperNotGenuine, with what is wrong in one word.
base::Result<domain::ProofAnswer> genuine(offline::questions::ProofTold told);

// The page objects that stand in clear in a PDF; those inside compressed streams are not seen.
int pages_in_clear(base::ByteView pdf);

}  // namespace app
