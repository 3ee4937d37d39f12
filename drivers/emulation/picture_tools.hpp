// Pictures for emulated people: cut and scale, put a person before the emulated camera, make the
// chip's portrait. Pure. Faults: EmulationFilesWrong.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "domain/picture.hpp"

namespace drivers::emulation {

struct Area {
    double left = 0;
    double top = 0;
    double width = 0;
    double height = 0;
};

inline constexpr int chip_portrait_width = 102;
inline constexpr int chip_portrait_height = 126;

// Cuts `area` (beyond the edge the edge goes on) and scales it with a triangle filter.
domain::Picture scaled(const domain::Picture& picture, Area area, int width, int height);

// 640×480: an empty room.
domain::Picture empty_room();
// Paper held to the camera: with an inked print drawn by arithmetic (nobody's), the same out of
// focus, a blot without ridges, or nothing on it.
enum class PaperScene { print, blurred_print, blot, blank };
domain::Picture paper_before_camera(PaperScene scene);
// Puts the person of `picture`, whose face is `face`, into the room; the face's middle at
// `middle_x` (0…1 of the width), its height `face_height` (0…1 of the room's).
void put_person(domain::Picture& room, const domain::Picture& picture, Area face, double middle_x,
                double face_height);
// A sheet held before the camera, its upper left corner there; what does not fit is cut off.
void put_sheet(domain::Picture& room, const domain::Picture& sheet, int left, int top);
void darken(domain::Picture& picture, double factor);

// Face and shoulders as WebP of at most 1 020 bytes, padded with zeros to the chip's 1 024.
base::Result<base::Bytes> chip_portrait(const domain::Picture& picture, Area face);

}  // namespace drivers::emulation
