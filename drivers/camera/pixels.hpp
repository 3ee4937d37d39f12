// Pixels from one form to another: YUYV (BT.601, limited range) and JPEG to RGB and back. Pure.
// Fault: BytesMalformed for buffers that do not hold what they should.
#pragma once

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "domain/picture.hpp"
#include "drivers/camera/frame_source.hpp"

namespace drivers::camera {

base::Result<domain::Picture> picture_from_yuyv(base::ByteView yuyv, int width, int height);
base::Bytes yuyv_from_picture(const domain::Picture& picture);  // an odd last column is dropped
// Takes MJPEG frames without Huffman tables too.
base::Result<domain::Picture> picture_from_jpeg(base::ByteView jpeg);
// quality 1…100; 4:2:0. Empty when the picture is.
base::Bytes jpeg_from_picture(const domain::Picture& picture, int quality);
base::Result<domain::Picture> picture_from_frame(const RawFrame& frame);

}  // namespace drivers::camera
