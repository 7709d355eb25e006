// Photos on the phone: a small look at one, and a large one made smaller before it is sent.

const LARGE = 2 * 1024 * 1024;
const EDGE = 2560;
const QUALITY = 0.85;
const ORIENTATION = 0x0112;

const read = (content) => createImageBitmap(content, { imageOrientation: "from-image" }).catch(() => null);

// Fills the canvas; false: this browser cannot read such a picture, or it is none.
export async function preview(canvas, content) {
  const picture = await read(content);
  if (!picture) return false;
  const scale = Math.max(canvas.width / picture.width, canvas.height / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  canvas.getContext("2d").drawImage(
    picture, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height,
  );
  picture.close();
  return true;
}

// What it cannot read or make smaller goes as it is.
export async function smaller(content) {
  const picture = content.size > LARGE && content.type.startsWith("image/") ? await read(content) : null;
  if (!picture) return content;
  const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
  const made = await drawn(picture, Math.round(picture.width * scale), Math.round(picture.height * scale));
  if (!made || made.size >= content.size) return content;
  const told = upright(exif(new Uint8Array(await content.arrayBuffer())));
  return told ? new Blob([made.slice(0, 2), told, made.slice(2)], { type: made.type }) : made;
}

function drawn(picture, width, height) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const paper = canvas.getContext("2d");
  paper.fillStyle = "#fff";
  paper.fillRect(0, 0, width, height);
  paper.drawImage(picture, 0, 0, width, height);
  picture.close();
  return new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", QUALITY); });
}

// Where and when a photo was taken stands in its Exif segment; its reporter is asked about that later.
function exif(bytes) {
  const view = new DataView(bytes.buffer);
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 10 < bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda;) {
    const end = at + 2 + view.getUint16(at + 2);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (bytes[at + 1] === 0xe1 && name === "Exif") return bytes.slice(at, end);
    at = end;
  }
  return null;
}

// The picture was turned when it was drawn, and is not to be turned again.
function upright(segment) {
  if (!segment) return null;
  try {
    const tiff = new DataView(segment.buffer, 10);
    const little = tiff.getUint16(0) === 0x4949;
    const first = tiff.getUint32(4, little);
    for (let entry = 0; entry < tiff.getUint16(first, little); entry += 1) {
      const at = first + 2 + 12 * entry;
      if (tiff.getUint16(at, little) === ORIENTATION) tiff.setUint16(at + 8, 1, little);
    }
    return segment;
  } catch {
    return null;
  }
}
